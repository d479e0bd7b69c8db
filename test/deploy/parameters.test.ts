import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { withDefaults } from '../../src/config/defaults.ts';
import { checkGiven, decideValues } from '../../src/deploy/parameters.ts';
import { readRemembered, rememberStack } from '../../src/deploy/remembered.ts';
import { wantedOfTemplates } from '../../src/deploy/wanted-of-templates.ts';
import { leftOut, stacksBefore, stacksToDeploy } from '../../src/pipelines/deploy-order.ts';
import { readReleaseUrl } from '../../src/pipelines/release-url.ts';
import { codesOf } from '../support/refused.ts';

const TEMPLATE = {
  Parameters: {
    Given: { Type: 'String' },
    Handed: { Type: 'String' },
    Kept: { Type: 'String' },
    Usual: { Type: 'String', Default: 'x' },
    Secret: { Type: 'String', NoEcho: true },
    Missing: { Type: 'Number', MinValue: 1, Description: 'How many' },
    ReleaseKeyPrefix: { Type: 'String', Default: 'new/' },
  },
  Metadata: { 'AWS::CloudFormation::Interface': { ParameterLabels: { Missing: { default: 'Number of nodes' } } } },
};
const NOTHING = { given: {}, secrets: {}, remembered: {}, outputs: {}, previous: [] };

describe('values of parameters', () => {
  test('given, remembered, handed on, kept, default, asked: in this order', () => {
    const { sent, missing } = decideValues(TEMPLATE, {
      given: { Given: 'now' },
      secrets: {},
      remembered: { Given: 'before', Secret: 'from a file that somebody edited' },
      outputs: { Handed: 'vpc-1', ReleaseKeyPrefix: 'old/' },
      previous: ['Kept', 'Handed', 'ReleaseKeyPrefix'],
    });
    expect(Object.fromEntries(sent)).toEqual({
      Given: { value: 'now' },
      Handed: { value: 'vpc-1' },
      Kept: { previous: true },
    });
    expect(missing.map(({ name, label, isSecret }) => [name, label, isSecret])).toEqual([
      ['Secret', 'Secret', true],
      ['Missing', 'Number of nodes', false],
    ]);
  });

  test('a secret keeps the value that the stack has, or takes a new one from a file', () => {
    expect(decideValues(TEMPLATE, { ...NOTHING, previous: ['Secret'] }).sent.get('Secret')).toEqual({ previous: true });
    const secrets = { Secret: 's' };
    expect(decideValues(TEMPLATE, { ...NOTHING, secrets, previous: ['Secret'] }).sent.get('Secret')).toEqual({
      value: 's',
    });
  });

  test('what is given is checked: names, values, and secrets where others can read them', () => {
    const check = (given: Record<string, string>, secrets = {}) =>
      checkGiven([{ file: 'a.yaml', value: TEMPLATE }], { given, secrets });
    expect(check({ Given: 'x', Missing: '2' }, { Secret: 'long enough' })).toEqual([]);
    expect(check({ Givn: 'x' })).toMatchObject([{ code: 'PL8505', hint: 'Did you mean Given?' }]);
    expect(check({ Missing: '0' })).toMatchObject([{ code: 'PL8505', message: expect.stringContaining('MinValue') }]);
    const [secret] = check({ Secret: 'canary-4711' });
    expect(secret).toMatchObject({ code: 'PL8511', hint: expect.stringContaining('--param-file Secret=FILE') });
    expect(JSON.stringify(secret)).not.toContain('canary');
    const long = `canary-4711${'x'.repeat(5000)}`;
    expect(JSON.stringify(check({}, { Secret: long }))).toMatch(/PL8505(?!.*canary)/);
  });
});

describe('what is remembered', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-remembered-'));
  const file = join(folder, 'answers.json');

  test('of each stack, beside the others', () => {
    expect(readRemembered(file)).toEqual({ stacks: {} });
    rememberStack(file, 'us-west-2/a', { values: { Name: 'x' } });
    rememberStack(file, 'us-west-2/b', { values: {} });
    rememberStack(file, 'us-west-2/a', { kept: [{ type: 'AWS::EC2::VPC', id: 'vpc-1' }] });
    expect(readRemembered(file).stacks).toEqual({
      'us-west-2/a': { values: { Name: 'x' }, kept: [{ type: 'AWS::EC2::VPC', id: 'vpc-1' }] },
      'us-west-2/b': { values: {} },
    });
    expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
  });

  test.each([
    '',
    '[]',
    '{"stacks": []}',
    '{"stacks": {"a": {"values": {"b": 1}}}}',
    '{"stacks": {"a": {"kept": [1]}}}',
  ])('a file that says %j is not ours', (text) => {
    writeFileSync(join(folder, 'other.json'), text);
    expect(codesOf(() => readRemembered(join(folder, 'other.json')))).toEqual(['PL8510']);
  });

  test('a folder is not a file', () => {
    expect(codesOf(() => readRemembered(folder))).toEqual(['PL8510']);
    rmSync(folder, { recursive: true });
  });
});

describe('which stacks', () => {
  const templates = (...names: readonly string[]) =>
    names.map((stack) => ({ stack, file: '', text: '', value: undefined }));
  const chosen = (all: readonly string[], stack?: string, smallStacks?: true) =>
    stacksToDeploy(templates(...all), { ...(stack && { stack }), ...(smallStacks && { smallStacks }) }).map(
      ({ stack }) => stack,
    );

  test('the launchpad where there is one, else the small ones in order, else the one asked for', () => {
    const small = ['access', 'cluster', 'directory', 'prerequisites'];
    expect(chosen(small)).toEqual(['prerequisites', 'directory', 'cluster']);
    expect(chosen([...small, 'launchpad'])).toEqual(['launchpad']);
    const all = ['people', ...small, 'launchpad'];
    expect(chosen(all, undefined, true)).toEqual(['prerequisites', 'directory', 'people', 'cluster']);
    expect(chosen(small, 'access')).toEqual(['access']);
    expect(codesOf(() => chosen(small, 'launchpad'))).toEqual(['PL8513']);
    expect(codesOf(() => chosen([]))).toEqual(['PL8513']);
  });

  test('a stack takes outputs of those before it only', () => {
    expect(stacksBefore('prerequisites')).toEqual([]);
    expect(stacksBefore('launchpad')).toEqual([]);
    expect(stacksBefore('people')).toEqual(['prerequisites', 'directory']);
    const parts = ['prerequisites', 'directory', 'people', 'cluster'];
    expect(stacksBefore('access')).toEqual(['launchpad', 'launchpad-trial', ...parts]);
  });

  test('people is left out where the directory is not the stack’s own', () => {
    expect(leftOut('people', { DomainName: 'corp.example.com' })).toMatch(/^Left out: /);
    expect(leftOut('people', { DirectoryId: 'd-0123456789' })).toBeUndefined();
    expect(leftOut('cluster', {})).toBeUndefined();
  });
});

describe('the URL of a release', () => {
  const base = 'https://my-bucket.s3.us-west-2.amazonaws.com/team/podlaunch';
  const read = (url: string) => {
    const { pin, target } = readReleaseUrl(url);
    return { ...pin, bucket: target.bucket, region: target.region, prefix: target.prefix };
  };
  const place = { bucket: 'my-bucket', region: 'us-west-2', prefix: 'team/podlaunch/' };

  test('of a release, a file of it, a channel, a launch link', () => {
    expect(read(`${base}/releases/1.4.0`)).toEqual({ version: '1.4.0', ...place });
    expect(read(`${base}/releases/1.4.0/templates/cluster.yaml`)).toEqual({ version: '1.4.0', ...place });
    expect(read(`${base}/channels/latest.json`)).toEqual({ channel: 'latest', ...place });
    const template = encodeURIComponent(`${base}/releases/1.4.0/templates/launchpad.yaml`);
    const link = `https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#/stacks/create/review?templateURL=${template}&stackName=x`;
    expect(read(link)).toEqual({ version: '1.4.0', ...place });
  });

  test.each([
    'https://my-bucket.s3.us-west-2.evil.com/releases/1.4.0/',
    'https://example.com/releases/1.4.0/',
    'http://my-bucket.s3.us-west-2.amazonaws.com/releases/1.4.0/',
    `${base}/other/1.4.0/`,
    `${base}/releases/a b/`,
    'nothing',
  ])('%s leads to none', (url) => {
    expect(codesOf(() => readReleaseUrl(url))).toEqual(['PL8512']);
  });
});

test('what preflight looks for is what the templates make of the values', () => {
  const config = withDefaults({ cluster: { name: 'research' } });
  const templates = compile(config, { sha256: 'a'.repeat(64) });
  const values = {
    Worker1InstanceCount: '7',
    ClusterZoneId: 'usw2-az1',
    SecondZoneId: 'usw2-az2',
    DomainName: 'a.internal',
  };
  expect(wantedOfTemplates(templates, values, 'us-west-2')).toMatchObject({
    region: 'us-west-2',
    cluster: { name: 'research' },
    zones: ['usw2-az1', 'usw2-az2'],
    directory: { domain: 'a.internal', isMade: true },
    certificateArn: undefined,
  });
  const { groups } = wantedOfTemplates(templates, values, 'us-west-2')!.cluster;
  expect(groups.map(({ name, count, plan, capacity }) => [name, count, plan, capacity])).toEqual([
    ['controller-machine', 1, '', 'OnDemand'],
    ['login-group', 1, '', 'OnDemand'],
    [config.cluster.workers[0]!.name, 7, '', 'OnDemand'],
  ]);
  expect(wantedOfTemplates(templates.slice(0, 1), values, 'us-west-2')).toBeUndefined();
});
