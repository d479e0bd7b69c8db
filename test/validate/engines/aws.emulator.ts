import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { compile } from '../../../src/compile/compile.ts';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import type { TemplateDocument } from '../../../src/document/template-document.ts';
import { aws } from '../../../src/validate/engines/aws.ts';
import { type Ministack, startMinistack } from '../../support/ministack.ts';
import { hasPython } from '../../support/python-tools.ts';

const templates = compile(DEFAULTS, { sha256: 'a'.repeat(64) });

/** The settings that the AWS SDK sees: no profile of this machine, no metadata service. */
function settings(endpoint: string, credentials = true): NodeJS.ProcessEnv {
  const none = { AWS_PROFILE: undefined, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  const some = { AWS_PROFILE: undefined, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
  const env = {
    ...(credentials ? some : none),
    AWS_SESSION_TOKEN: undefined,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return process.env;
}

const judge = (env: NodeJS.ProcessEnv, documents: readonly TemplateDocument[] = templates) => aws(documents, { env });

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(!hasPython())('beside a CloudFormation on the loopback interface', () => {
  let server: Ministack;
  beforeAll(async () => {
    server = await startMinistack();
  });
  afterAll(() => server?.stop());

  test('the compiled templates are accepted', async () => {
    expect(await judge(settings(server.url))).toEqual([]);
  });

  test('a template that is none is a finding at its place', async () => {
    const document = readTemplate('Resources:\n  A:\n  - 1: {\n', 'broken.yaml');
    expect(await judge(settings(server.url), [document])).toMatchObject([
      { code: 'PL3046', span: { file: 'broken.yaml', line: 1 } },
    ]);
  });
});

test('a body over 51,200 bytes is not sent', async () => {
  const document = readTemplate(`Description: ${'é'.repeat(25_600)}\n`, 'large.yaml');
  expect(await judge(settings('http://127.0.0.1:1'), [document])).toMatchObject([
    { code: 'PL3042', severity: 'error', span: { file: 'large.yaml', line: 1 } },
  ]);
});

test('no credentials', async () => {
  expect(await judge(settings('http://127.0.0.1:1', false))).toMatchObject([{ code: 'PL3043' }]);
});

test('nothing answers', async () => {
  expect(await judge(settings('http://127.0.0.1:1'))).toMatchObject([{ code: 'PL3041' }]);
});

describe('what AWS answers (as its API reference has it)', () => {
  let server: Server;
  let answer: { readonly status: number; readonly code: string; readonly message: string };
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'text/xml' });
      response.end(
        `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>` +
          `<Code>${answer.code}</Code><Message>${answer.message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  test.each([
    [403, 'ExpiredToken', 'The security token included in the request is expired', 'PL3044'],
    [403, 'InvalidClientTokenId', 'The security token included in the request is invalid.', 'PL3044'],
    [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match', 'PL3044'],
    [403, 'AccessDenied', 'User is not authorized to perform: cloudformation:ValidateTemplate', 'PL3045'],
    [400, 'Throttling', 'Rate exceeded', 'PL3041'],
  ])('%i %s', async (status, code, message, expected) => {
    answer = { status, code, message };
    expect(await judge(settings(url()))).toMatchObject([{ code: expected }]);
  });

  test.each([
    [
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
      'Resources',
      1,
    ],
    ["Template format error: [/Resources/B/Type] 'null' values are not allowed in templates", 'Type', 5],
    ['Template format error: Circular dependency between resources: [A, B]', 'A', 2],
    ['Something is wrong.', '', 1],
  ])('ValidationError: %s', async (message, key, line) => {
    answer = { status: 400, code: 'ValidationError', message };
    const text = 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n  B:\n    Type: AWS::SNS::Topic\n';
    const [finding, ...rest] = await judge(settings(url()), [readTemplate(text, 't.yaml')]);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: 'PL3046', span: { file: 't.yaml', line } });
    expect(finding!.path.at(-1) ?? '').toBe(key);
  });
});
