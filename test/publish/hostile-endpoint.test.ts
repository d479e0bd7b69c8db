import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readAnonymously } from '../../src/publish/audience/read-anonymously.ts';
import { openS3Store, type S3Store } from '../../src/publish/stores/s3-store.ts';
import { parseTarget, type S3Target } from '../../src/release/target.ts';
import { refusalOf } from '../support/refused.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

// A server that means harm, or is broken: it goes on for ever.
let server: Server;
let target: S3Target;
let store: S3Store;
let requests: number;
let sent: number;
let page: (number: number) => string;

beforeAll(async () => {
  stubCredentials();
  server = createServer((request, response) => {
    requests++;
    if (request.url!.includes('list-type')) {
      response.setHeader('content-type', 'application/xml');
      response.end(`<ListBucketResult><IsTruncated>true</IsTruncated>${page(requests)}</ListBucketResult>`);
      return;
    }
    const piece = Buffer.alloc(65_536, 'x');
    const more = (): void => {
      while (!response.destroyed && response.write(piece)) sent += piece.length;
    };
    response.on('drain', more);
    more();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  target = parseTarget('s3://my-bucket', { region: 'us-west-2', endpointUrl }) as S3Target;
  store = await openS3Store(target);
});
afterAll(() => {
  vi.unstubAllEnvs();
  store.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = 0;
  sent = 0;
});

test('a listing that repeats its token ends', async () => {
  page = () => '<NextContinuationToken>again</NextContinuationToken>';
  expect((await refusalOf(store.list('releases/')))[0]!.code).toBe('PL4054');
  expect(requests).toBe(2);
});

test('a listing that always has more ends', async () => {
  page = (number) => `<NextContinuationToken>${number}</NextContinuationToken>`;
  expect((await refusalOf(store.folders('releases/')))[0]!.code).toBe('PL4054');
  expect(requests).toBe(100);
});

test('a body without an end is left, with credentials and without', async () => {
  expect(await store.get('channels/latest.json', 4096)).toBe('larger');
  expect((await readAnonymously(target, `${target.endpointUrl}/x`, 4096)).bytes).toBe('larger');
  expect(sent).toBeLessThan(50_000_000);
});
