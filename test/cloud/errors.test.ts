import { describe, expect, test } from 'vitest';
import { acmRefusal } from '../../src/certificate/acm.ts';
import { awsWords } from '../../src/cloud/error-words.ts';
import { type AwsFault, awsFailure, NAMES } from '../../src/cloud/errors.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { s3Refusal } from '../../src/publish/stores/s3-errors.ts';
import { engineFinding } from '../../src/validate/engines/aws-errors.ts';

/** The codes that S3 and the engine aws have for each fault; ACM has one for all. */
const CODES: Readonly<Record<Exclude<AwsFault, 'other'>, readonly [s3: string, engine: string]>> = {
  'no-credentials': ['PL4040', 'PL3043'],
  expired: ['PL4041', 'PL3044'],
  'bad-credentials': ['PL4042', 'PL3044'],
  denied: ['PL4043', 'PL3045'],
  'not-found': ['PL4044', 'PL3041'],
  'wrong-region': ['PL4045', 'PL3041'],
  clock: ['PL4047', 'PL3041'],
  unreachable: ['PL4048', 'PL3041'],
  proxy: ['PL4048', 'PL3041'],
  untrusted: ['PL4048', 'PL3041'],
  busy: ['PL4049', 'PL3041'],
};

const target = { kind: 's3', bucket: 'my-bucket', region: 'us-west-2', prefix: 'team/' } as const;
const template = readTemplate('Resources: {}\n', 't.yaml');
const thrown = (name: string, message = 'words of AWS') => Object.assign(new Error(message), { name });

/** A failure through each of the three that ask AWS. */
function through(failure: unknown) {
  const s3 = s3Refusal(failure, { target, doing: 'list what is published' }).diagnostics[0]!;
  const engine = engineFinding(failure, template, 'us-west-2');
  const acm = acmRefusal(failure, 'us-west-2', 'import the certificate').diagnostics[0]!;
  return { s3, engine, acm };
}

const names = Object.entries(NAMES).flatMap(([fault, list]) => list.map((name) => [name, fault] as const));

describe('every name of the table means the same to S3, the engine aws and ACM', () => {
  test.each(names)('%s: %s', (name, fault) => {
    for (const form of [name, `${name}Exception`]) {
      const { s3, engine, acm } = through(thrown(form));
      expect([s3.code, engine.code]).toEqual(CODES[fault as keyof typeof CODES]);
      expect(acm.code).toBe('PL6018');
      for (const { message, hint } of [s3, engine, acm]) {
        expect(message).toMatch(/^Could not .*: .*[a-z).]/);
        expect(message).not.toMatch(/undefined|\.\./);
        expect(hint).toMatch(/\w+ \w+.*\.$/);
      }
    }
  });

  test('no name has two meanings', () => {
    expect(new Set(names.map(([name]) => name)).size).toBe(names.length);
  });

  test('a name that is not in the table is shown', () => {
    const { s3, engine, acm } = through(thrown('SomethingNewException'));
    expect([s3.code, engine.code, acm.code]).toEqual(['PL4053', 'PL3041', 'PL6018']);
    for (const { message } of [s3, engine, acm]) expect(message).toContain('SomethingNewException: words of AWS');
  });
});

describe('what is told apart by the words', () => {
  test.each<[string, string, AwsFault]>([
    ['CredentialsProviderError', 'The SSO session associated with this profile has expired.', 'expired'],
    ['TokenProviderError', 'Token is expired. To refresh this SSO session run aws sso login', 'expired'],
    ['SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z', 'clock'],
    ['InvalidSignatureException', 'Signature not yet current: 20260101T010000Z is still later than now', 'clock'],
    ['SignatureDoesNotMatch', 'The request signature we calculated does not match', 'bad-credentials'],
    ['Error', 'socket hang up', 'unreachable'],
    ['Error', 'something else', 'other'],
  ])('%s: %s', (name, message, fault) => {
    expect(awsFailure(thrown(name, message)).fault).toBe(fault);
  });

  test.each<[number, AwsFault]>([
    [301, 'wrong-region'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [418, 'other'],
    [429, 'busy'],
    [503, 'busy'],
  ])('an answer %i without a known name', (httpStatusCode, fault) => {
    expect(awsFailure({ name: 'Unknown', message: '', $metadata: { httpStatusCode } }).fault).toBe(fault);
  });

  test("Node's error inside the SDK's", () => {
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND s3.nowhere'), { code: 'ENOTFOUND' });
    const inside = [{ cause }, { errors: [cause] }].map((more) => Object.assign(new Error(''), more));
    for (const one of inside) expect(awsFailure(one)).toMatchObject({ fault: 'unreachable', name: 'ENOTFOUND' });
  });
});

test('AWS_PROFILE is named where it has a part in it', () => {
  const words = (name: string, env: Record<string, string>) =>
    awsWords(awsFailure(thrown(name)), { service: 'S3', at: 'us-west-2', subject: 'it', needs: 'all', env }).message;
  for (const name of ['CredentialsProviderError', 'ExpiredToken', 'InvalidAccessKeyId']) {
    expect(words(name, { AWS_PROFILE: 'nope' })).toContain('profile nope, which AWS_PROFILE names');
    expect(words(name, {})).not.toContain('AWS_PROFILE');
  }
});

test('of ACM alone: no such certificate, too many', () => {
  const hint = (name: string) => acmRefusal(thrown(name), 'us-west-2', 'import the certificate').diagnostics[0]!.hint;
  expect(hint('ResourceNotFoundException')).toContain('aws acm list-certificates');
  expect(hint('LimitExceededException')).toContain('higher quota');
});
