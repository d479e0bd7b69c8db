import { describe, expect, test } from 'vitest';
import { type Audience, parseAudience } from '../../../src/publish/audience/audience.ts';
import { judgePolicy } from '../../../src/publish/audience/judge-policy.ts';
import type { PolicyStatement } from '../../../src/publish/audience/policy-statement.ts';
import { covers } from '../../../src/publish/audience/policy-statement.ts';
import { readStatement } from '../../../src/publish/audience/read-statement.ts';
import { parseTarget, type S3Target } from '../../../src/release/target.ts';

const target = parseTarget('s3://my-bucket/team', { region: 'us-west-2' }) as S3Target;
const objects = ['templates/cluster.yaml', 'assets.json'].map(
  (path) => `arn:aws:s3:::my-bucket/team/releases/1/${path}`,
);
const everyone = parseAudience('public');
const org = parseAudience('org:o-a1b2c3d4e5');
const accounts = parseAudience('accounts:111122223333,444455556666');
const judge = (audience: Audience, ...statements: PolicyStatement[]) => judgePolicy(statements, objects, audience);

const allow = (more: object): PolicyStatement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::my-bucket/*',
  ...more,
});
const deny = (more: object): PolicyStatement => ({ ...allow(more), Effect: 'Deny' });

describe('the statement that is printed', () => {
  test.each([
    ['everyone', everyone],
    ['an organization', org],
    ['accounts', accounts],
  ])('admits %s', (_, audience) => {
    expect(judge(audience, readStatement(target, audience))).toEqual({ allowed: true });
    expect(judge(audience)).toEqual({ allowed: false });
  });

  test('is written for the partition of the bucket', () => {
    const china = readStatement({ ...target, region: 'cn-north-1' }, accounts);
    expect(china.Resource).toEqual([
      'arn:aws-cn:s3:::my-bucket/team/releases/*',
      'arn:aws-cn:s3:::my-bucket/team/channels/*',
      'arn:aws-cn:s3:::my-bucket/team/releases.json',
      'arn:aws-cn:s3:::my-bucket/team/keys.json',
    ]);
    expect(china.Principal).toEqual({
      AWS: ['arn:aws-cn:iam::111122223333:root', 'arn:aws-cn:iam::444455556666:root'],
    });
  });

  test('opens releases and channels, and nothing else of the bucket, where there is no prefix either', () => {
    const statement = readStatement({ ...target, prefix: '' }, { kind: 'public' });
    const opens = (key: string) => covers(statement, 's3:GetObject', `arn:aws:s3:::my-bucket/${key}`);
    expect(['releases/1/manifest.json', 'channels/latest.json'].map(opens)).toEqual([true, true]);
    expect(['payroll/secret.csv', 'releases', 'release/x', 'secret.csv'].map(opens)).toEqual(Array(4).fill(false));
  });

  test('of one audience does not admit another', () => {
    expect(judge(org, readStatement(target, accounts)).allowed).toBe(false);
    expect(judge(accounts, readStatement(target, org)).allowed).toBe(false);
    expect(judge(everyone, readStatement(target, org)).allowed).toBe(false);
    expect(judge(org, readStatement(target, parseAudience('org:o-zzzzzzzzzz'))).allowed).toBe(false);
    expect(judge(accounts, readStatement(target, parseAudience('accounts:111122223333'))).allowed).toBe(false);
  });
});

describe('what admits', () => {
  test.each<[string, Audience, PolicyStatement]>([
    ['everyone, for an organization', org, allow({})],
    ['everyone, for accounts', accounts, allow({ Principal: { AWS: '*' } })],
    ['a wild card in the action', everyone, allow({ Action: ['s3:List*', 's3:get*'] })],
    ['all but another action', everyone, allow({ Action: undefined, NotAction: 's3:PutObject' })],
    ['bare account ids', accounts, allow({ Principal: { AWS: ['444455556666', '111122223333'] } })],
    [
      'a condition on the account',
      parseAudience('accounts:111122223333'),
      allow({ Condition: { StringEquals: { 'AWS:principalaccount': ['111122223333', '1'] } } }),
    ],
    ['a condition of TLS', everyone, allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    [
      'several organizations',
      org,
      allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-x', 'o-a1b2c3d4e5'] } } }),
    ],
  ])('%s', (_, audience, statement) => {
    expect(judge(audience, statement)).toMatchObject({ allowed: true });
  });

  test('accounts, each by a statement of its own', () => {
    const each = ['111122223333', '444455556666'].map((account) => allow({ Principal: { AWS: account } }));
    expect(judge(accounts, ...each).allowed).toBe(true);
    expect(judge(accounts, each[0]!).allowed).toBe(false);
  });
});

describe('what does not', () => {
  test.each<[string, Audience, PolicyStatement]>([
    ['another action', everyone, allow({ Action: 's3:ListBucket' })],
    ['another prefix', everyone, allow({ Resource: 'arn:aws:s3:::my-bucket/other/*' })],
    ['the templates alone', everyone, allow({ Resource: 'arn:aws:s3:::my-bucket/team/releases/1/templates/*' })],
    ['another bucket', everyone, allow({ Resource: 'arn:aws:s3:::my-bucket-2/*' })],
    ['all but these objects', everyone, allow({ Resource: undefined, NotResource: 'arn:aws:s3:::my-bucket/team/*' })],
    ['an address', everyone, allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    [
      'one role of an account',
      parseAudience('accounts:111122223333'),
      allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/x' } }),
    ],
    ['a service', everyone, allow({ Principal: { Service: 'cloudformation.amazonaws.com' } })],
    ['a denial of everyone', everyone, deny({})],
  ])('%s', (_, audience, statement) => {
    expect(judge(audience, statement).allowed).toBe(false);
  });

  test('a denial of everyone wins', () => {
    expect(judge(everyone, allow({}), deny({ Sid: 'No' }))).toEqual({ allowed: false, doubt: 'No' });
  });
});

describe('denials', () => {
  const without = { Bool: { 'aws:SecureTransport': 'false' } };
  test.each<[string, Audience, object]>([
    ['of requests without TLS', everyone, { Condition: without }],
    ['of old TLS', everyone, { Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }],
    ['of other organizations', org, { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }],
    [
      'of other accounts',
      accounts,
      { Condition: { StringNotEquals: { 'aws:PrincipalAccount': ['444455556666', '111122223333'] } } },
    ],
    ['of writing', everyone, { Action: 's3:PutObject' }],
    ['of another prefix', everyone, { Resource: 'arn:aws:s3:::my-bucket/other/*' }],
  ])('%s do no harm', (_, audience, more) => {
    expect(judge(audience, allow({}), deny(more))).toEqual({ allowed: true });
  });

  test.each<[string, Audience, object]>([
    ['of addresses', everyone, { Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    [
      'of other accounts than these, for everyone',
      everyone,
      { Condition: { StringNotEquals: { 'aws:PrincipalAccount': '1' } } },
    ],
    ['of one account', everyone, { Principal: { AWS: '111122223333' } }],
    ['of all but one', accounts, { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
  ])('%s are a doubt', (_, audience, more) => {
    expect(judge(audience, deny(more), allow({}))).toMatchObject({ allowed: true, doubt: 'number 1' });
  });
});

describe('others', () => {
  const orgId = (operator: string, value: unknown) => ({ Condition: { [operator]: { 'aws:PrincipalOrgID': value } } });
  const ours = 'o-a1b2c3d4e5';
  test.each<[string, Audience, object]>([
    ['everyone, beside an organization', org, {}],
    ['everyone, beside accounts', accounts, { Principal: { AWS: '*' } }],
    ['everyone with TLS', org, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    ['everyone but one', org, { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
    ['a wild card', org, orgId('StringLike', [ours, '*'])],
    ['a wild card alone', org, orgId('StringLike', 'o-*')],
    ['another organization', org, orgId('StringEquals', [ours, 'o-x'])],
    ['those of no organization', org, orgId('StringEqualsIfExists', ours)],
    ['another account', accounts, { Principal: { AWS: ['111122223333', 'arn:aws:iam::999999999999:root'] } }],
    ['some of the objects', org, { Resource: 'arn:aws:s3:::my-bucket/team/releases/1/assets.json' }],
  ])('%s', (_, audience, more) => {
    const verdict = judge(audience, readStatement(target, audience), allow({ Sid: 'Wide', ...more }));
    expect(verdict).toEqual({ allowed: true, others: 'Wide' });
  });

  test.each<[string, Audience, PolicyStatement]>([
    ['for everyone', everyone, allow({})],
    ['by StringLike without wild cards', org, allow(orgId('StringLike', ours))],
    ['by another prefix', org, allow({ Resource: 'arn:aws:s3:::my-bucket/other/*' })],
    ['by a role of an account', accounts, allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/x' } })],
    ['by an account beside an organization', org, allow({ Principal: { AWS: '111122223333' } })],
  ])('none %s', (_, audience, statement) => {
    expect(judge(audience, statement)).not.toHaveProperty('others');
  });

  test('a denial of others counts only where it names the audience alone', () => {
    expect(judge(org, allow({}), deny(orgId('StringNotEquals', ours)))).toEqual({ allowed: true });
    expect(judge(org, allow({ Sid: 'A' }), deny(orgId('StringNotLike', [ours, 'o-*']))).others).toBe('A');
  });
});
