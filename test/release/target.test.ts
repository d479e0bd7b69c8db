import { expect, test } from 'vitest';
import { parseAudience } from '../../src/publish/audience/audience.ts';
import { checkChannelName } from '../../src/publish/channel.ts';
import { openTarget } from '../../src/publish/stores/open-store.ts';
import { objectUrl, parseTarget, type S3Target, targetName } from '../../src/release/target.ts';
import { codesOf, refusalOf } from '../support/refused.ts';

const region = 'us-west-2';

test.each([
  ['s3://my-bucket', '', 's3://my-bucket'],
  ['s3://my-bucket/', '', 's3://my-bucket'],
  ['s3://my-bucket/team', 'team/', 's3://my-bucket/team'],
  ['s3://my-bucket/team/hpc//', 'team/hpc/', 's3://my-bucket/team/hpc'],
])('%s', (to, prefix, name) => {
  const target = parseTarget(to, { region });
  expect(target).toEqual({ kind: 's3', bucket: 'my-bucket', region, prefix });
  expect(targetName(target)).toBe(name);
});

test.each(['.', './out', '/srv/out', '..', '../a b', 'C:\\out', '.\\out'])('%j is a folder', (to) => {
  expect(parseTarget(to, { region })).toEqual({ kind: 'folder', folder: to });
});

test.each([
  ['out', 'PL4019'],
  ['my-bucket/podlaunch', 'PL4019'],
  ['.out', 'PL4019'],
  ['~/out', 'PL4019'],
  ['', 'PL4010'],
  [' ', 'PL4010'],
  ['https://my-bucket.s3.amazonaws.com/x', 'PL4010'],
  ['arn:aws:s3:::my-bucket', 'PL4010'],
  ['S3://my-bucket', 'PL4010'],
  ['s3:/my-bucket', 'PL4010'],
  ['s3://', 'PL4011'],
  ['s3://My-Bucket', 'PL4011'],
  ['s3://ab', 'PL4011'],
  ['s3://-abc', 'PL4011'],
  ['s3://my_bucket', 'PL4011'],
  [`s3://${'a'.repeat(64)}`, 'PL4011'],
  ['s3://my..bucket', 'PL4011'],
  ['s3://my.bucket', 'PL4012'],
  ['s3://my-bucket/a//b', 'PL4013'],
  ['s3://my-bucket/a b', 'PL4013'],
  ['s3://my-bucket/ä', 'PL4013'],
  ['s3://my-bucket/a?b', 'PL4013'],
  [`s3://my-bucket/${'a'.repeat(301)}`, 'PL4013'],
])('%j is refused with %s', (to, code) => {
  expect(codesOf(() => parseTarget(to, { region }))).toEqual([code]);
});

test('region and endpoint', () => {
  for (const wrong of ['', 'us-west', 'US-WEST-2', 'us-west-2.evil.example/']) {
    expect(
      codesOf(() => parseTarget('s3://my-bucket', { region: wrong })),
      wrong,
    ).toEqual(['PL4014']);
  }
  for (const wrong of ['127.0.0.1:5000', 'ftp://x', 'http://user:pw@x', 'http://x?y', 'http://']) {
    expect(
      codesOf(() => parseTarget('s3://my-bucket', { region, endpointUrl: wrong })),
      wrong,
    ).toEqual(['PL4018']);
  }
});

test('URLs that launchers read', () => {
  const url = (options: { region: string; endpointUrl?: string }) =>
    objectUrl(parseTarget('s3://my-bucket/team', options) as S3Target, 'releases/1/a b.yaml');
  expect(url({ region })).toBe('https://my-bucket.s3.us-west-2.amazonaws.com/team/releases/1/a%20b.yaml');
  expect(url({ region: 'us-gov-west-1' })).toBe(
    'https://my-bucket.s3.us-gov-west-1.amazonaws.com/team/releases/1/a%20b.yaml',
  );
  expect(url({ region: 'cn-north-1' })).toBe(
    'https://my-bucket.s3.cn-north-1.amazonaws.com.cn/team/releases/1/a%20b.yaml',
  );
  expect(url({ region, endpointUrl: 'http://127.0.0.1:5000/' })).toBe(
    'http://127.0.0.1:5000/my-bucket/team/releases/1/a%20b.yaml',
  );
});

test('audiences', () => {
  expect(parseAudience('public')).toEqual({ kind: 'public' });
  expect(parseAudience('org:o-a1b2c3d4e5')).toEqual({ kind: 'org', organization: 'o-a1b2c3d4e5' });
  expect(parseAudience('accounts:444455556666,111122223333,444455556666')).toEqual({
    kind: 'accounts',
    accounts: ['111122223333', '444455556666'],
  });
  for (const wrong of [
    '',
    'Public',
    'org:',
    'org:a',
    'accounts:',
    'accounts:123',
    'accounts:111122223333,',
    'everyone',
  ]) {
    expect(
      codesOf(() => parseAudience(wrong)),
      wrong,
    ).toEqual(['PL4016']);
  }
});

test('channels and owners', async () => {
  for (const right of ['latest', 'v1', '2026.11']) expect(() => checkChannelName(right)).not.toThrow();
  for (const wrong of ['', 'Latest', '.x', 'a/b', 'a'.repeat(64)]) {
    expect(
      codesOf(() => checkChannelName(wrong)),
      wrong,
    ).toEqual(['PL4015']);
  }
  const findings = await refusalOf(openTarget(parseTarget('s3://my-bucket', { region }), '1234'));
  expect(findings.map(({ code }) => code)).toEqual(['PL4017']);
});
