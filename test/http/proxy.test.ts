import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '../../src/diagnostics/refusal.ts';
import { httpGet } from '../../src/http/get.ts';
import { proxyAgent } from '../../src/http/proxy.ts';
import { openS3Store } from '../../src/publish/stores/s3-store.ts';
import { parseTarget, type S3Target } from '../../src/release/target.ts';
import { refusalOf } from '../support/refused.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

// A proxy that hands nothing on: it writes down what it is asked for.
let proxy: Server;
let place: string;
let asked: string[];

beforeAll(async () => {
  proxy = createServer((request: IncomingMessage, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/xml');
    response.end('<ListBucketResult></ListBucketResult>');
  });
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => undefined).end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  place = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});
beforeEach(() => {
  asked = [];
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
  stubCredentials();
});
afterEach(() => void vi.unstubAllEnvs());

const aws = parseTarget('s3://my-bucket', { region: 'us-west-2' }) as S3Target;
const other = parseTarget('s3://my-bucket', { region: 'us-west-2', endpointUrl: 'http://s3.invalid:81' }) as S3Target;

test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
  '%s: links and publishing ask it for a tunnel to S3',
  async (name) => {
    vi.stubEnv(name, `http://${place}`);
    await expect(httpGet('https://my-bucket.s3.us-west-2.amazonaws.com/x', 9)).rejects.toThrow(
      'the proxy answered 403',
    );
    const store = await openS3Store(aws);
    expect((await refusalOf(store.list('releases/')))[0]!.code).toBe('PL4048');
    store.close();
    expect(new Set(asked)).toEqual(new Set(['CONNECT my-bucket.s3.us-west-2.amazonaws.com:443']));
  },
);

test('HTTP_PROXY: an endpoint without TLS is asked through it; a proxy without a scheme speaks HTTP', async () => {
  vi.stubEnv('HTTP_PROXY', place);
  expect((await httpGet('http://s3.invalid:81/x', 99)).status).toBe(200);
  const store = await openS3Store(other);
  expect(await store.list('releases/')).toEqual(new Map());
  store.close();
  expect(asked[0]).toBe('GET http://s3.invalid:81/x');
  expect(asked[1]).toMatch(/^GET http:\/\/s3\.invalid:81\/my-bucket\/\?list-type=2/);
});

test('NO_PROXY: goes past it', async () => {
  vi.stubEnv('HTTPS_PROXY', `http://${place}`);
  vi.stubEnv('NO_PROXY', 'localhost,.amazonaws.com');
  expect(await proxyAgent('https://my-bucket.s3.us-west-2.amazonaws.com/x')).toBeUndefined();
  expect(await proxyAgent('https://elsewhere.example/x')).toBeDefined();
});

describe('a proxy that is none', () => {
  test.each(['socks5://127.0.0.1:1', 'http://', 'http://user:secret@:x'])(
    '%s is refused, and not shown',
    async (value) => {
      vi.stubEnv('HTTPS_PROXY', value);
      const thrown = await proxyAgent('https://x.example/').catch((failure: unknown) => failure);
      expect(thrown).toBeInstanceOf(Refusal);
      const [finding] = (thrown as Refusal).diagnostics;
      expect(finding).toMatchObject({ code: 'PL4055', message: expect.stringContaining('HTTPS_PROXY') });
      expect(JSON.stringify(finding)).not.toContain('secret');
    },
  );
});
