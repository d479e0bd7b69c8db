import { describe, expect, test } from 'vitest';
import { bucketPolicy } from '../../../src/publish/audience/bucket-policy.ts';
import { judgePolicy } from '../../../src/publish/audience/judge-policy.ts';
import { conditionsOf, covers } from '../../../src/publish/audience/policy-statement.ts';
import { parseTarget, type S3Target } from '../../../src/release/target.ts';

// No emulator here enforces these denials, so they are judged by a small evaluator: the one condition that they have.
const target = parseTarget('s3://my-bucket/team', { region: 'us-west-2' }) as S3Target;
const { Statement } = bucketPolicy(target, { kind: 'public' });

/** Whether a request is denied; `headers` are those that S3 has condition keys for. */
function isDenied(action: string, key: string, headers: Readonly<Record<string, string>> = {}): boolean {
  const meets = (statement: (typeof Statement)[number]) =>
    conditionsOf(statement).every(({ operator, key: name, values }) => {
      if (operator !== 'Null') throw new Error(`no evaluator of ${operator}`);
      return values.join() === String(headers[name.replace('s3:', '')] === undefined);
    });
  return Statement.some((s) => s.Effect === 'Deny' && covers(s, action, `arn:aws:s3:::my-bucket/${key}`) && meets(s));
}

describe('what is in a release', () => {
  const key = 'team/releases/1.0.0/manifest.json';

  test('is written under If-None-Match only, whatever the credentials', () => {
    expect(isDenied('s3:PutObject', key)).toBe(true);
    expect(isDenied('s3:PutObject', key, { 'if-match': '"etag"' })).toBe(true);
    expect(isDenied('s3:PutObject', key, { 'if-none-match': '*' })).toBe(false);
  });

  test('is deleted by nobody', () => {
    for (const action of ['s3:DeleteObject', 's3:DeleteObjectVersion']) {
      expect(isDenied(action, key, { 'if-none-match': '*' })).toBe(true);
    }
  });
});

test('channels move, and what else is in the bucket is left alone', () => {
  for (const key of ['team/channels/latest.json', 'other/releases/1', 'team/releases']) {
    expect(isDenied('s3:PutObject', key)).toBe(false);
    expect(isDenied('s3:DeleteObject', key)).toBe(false);
  }
});

test('the policy itself, versioning and lifecycle can be changed: the owner is not locked out', () => {
  for (const statement of Statement.filter(({ Effect }) => Effect === 'Deny')) {
    for (const action of ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutBucketVersioning']) {
      expect(covers(statement, action, 'arn:aws:s3:::my-bucket')).toBe(false);
    }
  }
});

test('its denials shut no reader out', () => {
  const resources = ['arn:aws:s3:::my-bucket/team/releases/1.0.0/manifest.json'];
  expect(judgePolicy(Statement, resources, { kind: 'public' })).toEqual({ allowed: true });
});
