import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpGet } from '../../src/http/get.ts';
import { readAnonymously } from '../../src/publish/audience/read-anonymously.ts';
import { parseTarget, type S3Target } from '../../src/release/target.ts';
import { refusalOf } from '../support/refused.ts';

// A server that takes the connection, and then says nothing: at once, or in the midst of a body.
let server: Server;
let url: string;
let greeting: string;
const open = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    open.add(socket);
    socket.on('data', () => socket.write(greeting)).on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
});

test.each([
  ['at once', ''],
  ['in the midst of a body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'],
])('a server that falls silent %s is given up', async (_, words) => {
  greeting = words;
  await expect(httpGet(`${url}/x`, 9, 200)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

test('it is tried three times, and then said in words', async () => {
  greeting = '';
  const target = parseTarget('s3://my-bucket', { region: 'us-west-2', endpointUrl: url }) as S3Target;
  const [finding] = await refusalOf(readAnonymously(target, `${url}/x`, 9, 200));
  expect(finding).toMatchObject({ code: 'PL4048', message: expect.stringContaining('nothing was heard for') });
  expect(open.size).toBe(3);
});
