import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HANDLER_PERMISSIONS } from '../../src/aws/generated/handler-permissions.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { UNUSED_PERMISSIONS } from '../../src/launch/catalog/unused-permissions.ts';
import { ANYWHERE } from '../../src/stacks/release-location.ts';
import { codeBlocks } from './code-blocks.ts';

/** AWS's limit for a managed policy, white space not counted. */
const MOST_CHARACTERS = 6144;

test('the policies that are to be copied are JSON that IAM has room for', () => {
  const blocks = codeBlocks('docs/permissions.md', 'json');
  expect(blocks).toHaveLength(2);
  for (const text of [readFileSync('docs/launcher-policy.json', 'utf8'), ...blocks]) {
    const { Version, Statement } = JSON.parse(text) as { Version: string; Statement: { Sid: string }[] };
    expect(Version).toBe('2012-10-17');
    for (const { Sid } of Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
    expect(text.replaceAll(/\s/g, '').length).toBeLessThanOrEqual(MOST_CHARACTERS);
  }
});

test('whoever may renew the certificate may make every request that renewing makes', () => {
  const source = readFileSync('src/certificate/acm.ts', 'utf8');
  const requests = [...source.matchAll(/new sdk\.(\w+)Command\(/g)].map(([, name]) => `acm:${name}`);
  const policies = codeBlocks('docs/permissions.md', 'json').map((text) => JSON.parse(text) as Policy);
  const statement = policies.flatMap(({ Statement }) => Statement).find(({ Sid }) => Sid === 'Certificate');
  expect(requests).toEqual(['acm:ImportCertificate', 'acm:GetCertificate']);
  expect(statement?.Action).toEqual(expect.arrayContaining(requests));
});

test("the launcher's policy allows what CloudFormation's handlers of every type of a release call", async () => {
  const policy = JSON.parse(readFileSync('docs/launcher-policy.json', 'utf8')) as Policy;
  const allowed = policy.Statement.flatMap(({ Action }) => Action).map(
    (action) => new RegExp(`^${action.replaceAll('*', '.*')}$`),
  );
  const templates = await compileRelease(DEFAULTS, { sha256: 'a'.repeat(64) }, ANYWHERE);
  const types = new Set(
    templates.flatMap(({ value }) => Object.values<any>((value as any).Resources).map(({ Type }) => Type as string)),
  );
  const missing = [...types]
    .filter((type) => type.startsWith('AWS::'))
    .flatMap((type) => HANDLER_PERMISSIONS[type]!.split(' ').map((action) => [type, action] as const))
    .filter(([, action]) => action !== '' && ![...allowed, ...UNUSED_PERMISSIONS].some((one) => one.test(action)));
  expect(missing).toEqual([]);
  expect(types.size).toBeGreaterThan(40);
});

interface Policy {
  readonly Statement: readonly { readonly Sid: string; readonly Action: string | readonly string[] }[];
}
