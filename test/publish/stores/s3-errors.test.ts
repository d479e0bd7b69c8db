import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openS3Store } from '../../../src/publish/stores/s3-store.ts';
import { refusalOf } from '../../support/refused.ts';
import { stubCredentials } from '../../support/stub-credentials.ts';

/** An answer as S3's documentation describes it. */
interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly extra?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let server: Server;
let asked: IncomingMessage[];
let answerTo: (request: IncomingMessage) => Answer;
let endpointUrl: string;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    request.resume().on('end', () => {
      const { status, code, extra = '', headers = {} } = answerTo(request);
      response.writeHead(status, { 'content-type': 'application/xml', ...headers });
      const error = `<Error><Code>${code}</Code><Message>words of S3</Message>${extra}</Error>`;
      response.end(code && request.method !== 'HEAD' ? `<?xml version="1.0"?>${error}` : extra);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stubCredentials();
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

async function open(owner?: string, url: string = endpointUrl) {
  return openS3Store(
    { kind: 's3', bucket: 'my-bucket', region: 'us-west-2', prefix: 'team/', endpointUrl: url },
    owner,
  );
}

async function listing(owner?: string, url?: string) {
  const [finding] = await refusalOf((await open(owner, url)).list('releases/1/'));
  return finding!;
}

describe('what S3 answers becomes a code of its own', () => {
  test.each<[string, Answer]>([
    ['PL4041', { status: 400, code: 'ExpiredToken' }],
    ['PL4041', { status: 400, code: 'TokenRefreshRequired' }],
    ['PL4042', { status: 403, code: 'InvalidAccessKeyId' }],
    ['PL4042', { status: 403, code: 'SignatureDoesNotMatch' }],
    ['PL4042', { status: 400, code: 'InvalidToken' }],
    ['PL4043', { status: 403, code: 'AccessDenied' }],
    ['PL4043', { status: 403, code: 'AllAccessDisabled' }],
    ['PL4044', { status: 404, code: 'NoSuchBucket' }],
    ['PL4045', { status: 301, code: 'PermanentRedirect' }],
    ['PL4045', { status: 307, code: 'TemporaryRedirect' }],
    ['PL4045', { status: 400, code: 'AuthorizationHeaderMalformed', extra: '<Region>eu-west-1</Region>' }],
    ['PL4045', { status: 400, code: 'IllegalLocationConstraintException' }],
    ['PL4047', { status: 403, code: 'RequestTimeTooSkewed' }],
    ['PL4049', { status: 500, code: 'InternalError' }],
    ['PL4049', { status: 503, code: 'SlowDown' }],
    ['PL4049', { status: 503 }],
    ['PL4050', { status: 501, code: 'NotImplemented' }],
    ['PL4052', { status: 400, code: 'KMS.DisabledException' }],
    ['PL4053', { status: 400, code: 'SomethingNew' }],
  ])('%s for %j', async (code, answer) => {
    answerTo = () => answer;
    const finding = await listing();
    expect(finding.code).toBe(code);
    expect(finding.hint).toMatch(/\w+ \w+/);
    expect(finding.message).not.toContain('undefined');
  });

  test('the right region is named where S3 names it', async () => {
    answerTo = () => ({ status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-central-1' } });
    expect((await listing()).hint).toContain('--region eu-central-1');
    answerTo = () => ({ status: 400, code: 'AuthorizationHeaderMalformed', extra: '<Region>eu-west-1</Region>' });
    expect((await listing()).hint).toContain('--region eu-west-1');
  });

  test('an answer that is no S3 answer at all', async () => {
    answerTo = () => ({ status: 200, extra: '<html>welcome</html>', headers: { 'content-type': 'text/html' } });
    const listed = (await open()).list('releases/1/');
    await expect(listed.then((entries) => entries.size)).resolves.toBe(0);
    answerTo = () => ({ status: 404, extra: '<html>not here</html>' });
    expect((await listing()).code).toBe('PL4044');
  });
});

describe('no answer', () => {
  test('nothing listens', async () => {
    expect((await listing(undefined, 'http://127.0.0.1:1')).code).toBe('PL4048');
  });
  test('no such host', async () => {
    expect((await listing(undefined, 'http://nowhere.invalid')).code).toBe('PL4048');
  });
  test('the connection is cut', async () => {
    answerTo = (request) => {
      request.socket.destroy();
      return { status: 200 };
    };
    expect((await listing()).code).toBe('PL4048');
    expect(asked.length).toBe(3);
  });
  test('TLS is spoken to a server without it', async () => {
    expect((await listing(undefined, endpointUrl.replace('http:', 'https:'))).code).toBe('PL4048');
  });
});

describe('credentials', () => {
  test('none', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    answerTo = () => ({ status: 200 });
    expect((await listing()).code).toBe('PL4040');
    expect(asked).toEqual([]);
  });
  test('a profile that does not exist', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_PROFILE', 'nope');
    answerTo = () => ({ status: 200 });
    const { code, message } = await listing();
    expect(code).toBe('PL4040');
    expect(message).toContain('the profile nope, which AWS_PROFILE names, has no AWS credentials');
  });
});

describe('the owner of the bucket', () => {
  test('S3 is asked to check it with every request', async () => {
    answerTo = () => ({ status: 200, extra: '<ListBucketResult></ListBucketResult>' });
    await (await open('111122223333')).list('releases/1/');
    expect(asked.map(({ headers }) => headers['x-amz-expected-bucket-owner'])).toEqual(['111122223333']);
  });

  test("another account's bucket is told from a missing permission", async () => {
    answerTo = ({ headers }) =>
      headers['x-amz-expected-bucket-owner'] ? { status: 403, code: 'AccessDenied' } : { status: 200 };
    expect((await listing('111122223333')).code).toBe('PL4046');
    answerTo = () => ({ status: 403, code: 'AccessDenied' });
    expect((await listing('111122223333')).code).toBe('PL4043');
  });
});

describe('conditional writes', () => {
  const file = {
    bytes: new Uint8Array(),
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    mediaType: 'text/plain',
  };

  test('carry the condition, the checksum and the media type', async () => {
    answerTo = () => ({ status: 200 });
    expect(await (await open()).putIfAbsent('a', file)).toBe(true);
    expect(asked[0]!.url).toContain('/my-bucket/team/a');
    expect(asked[0]!.headers).toMatchObject({
      'if-none-match': '*',
      'content-type': 'text/plain',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-checksum-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    });
    await (await open()).replace('c', file, 'abc');
    expect(asked[1]!.headers).toMatchObject({ 'if-match': '"abc"', 'cache-control': 'no-cache' });
  });

  test('that are not met are answered with false', async () => {
    answerTo = () => ({ status: 412, code: 'PreconditionFailed' });
    expect(await (await open()).putIfAbsent('a', file)).toBe(false);
    answerTo = () => ({ status: 404, code: 'NoSuchKey' });
    expect(await (await open()).replace('a', file, 'abc')).toBe(false);
  });

  test('that meet another write are tried again, and at last refused', async () => {
    const conflict = { status: 409, code: 'ConditionalRequestConflict' };
    answerTo = () => (asked.length < 3 ? conflict : { status: 200 });
    expect(await (await open()).putIfAbsent('a', file)).toBe(true);
    answerTo = () => conflict;
    const [finding] = await refusalOf((await open()).putIfAbsent('a', file));
    expect(finding!.code).toBe('PL4051');
  });

  test('a missing file is undefined, a missing bucket is not', async () => {
    answerTo = () => ({ status: 404, code: 'NoSuchKey' });
    expect(await (await open()).get('a', 1)).toBeUndefined();
    answerTo = () => ({ status: 404, code: 'NoSuchBucket' });
    expect((await refusalOf((await open()).get('a', 1)))[0]!.code).toBe('PL4044');
  });
});
