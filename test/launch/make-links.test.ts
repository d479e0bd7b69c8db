import { describe, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { type LinksInput, makeLinks, PLACEHOLDER_BUCKET } from '../../src/launch/make-links.ts';
import { codesOf } from '../support/refused.ts';

const templates = await compileRelease(DEFAULTS, readAssets());
const target = { bucket: 'my-bucket', region: 'us-west-2', prefix: 'podlaunch/' };
const base: LinksInput = { target, version: '1.0', project: 'podlaunch', templates, regions: ['us-west-2'] };
const refusal = (input: Partial<LinksInput>) => codesOf(() => makeLinks({ ...base, ...input }));

/** What the console would read of a link. */
function query(url: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(url).hash.split('?')[1]));
}

test('a link for each stack, in the region of the bucket', () => {
  const links = makeLinks(base);
  expect(links.map(({ stack, region }) => [stack, region])).toEqual([
    ['launchpad', 'us-west-2'],
    ['launchpad-trial', 'us-west-2'],
    ['prerequisites', 'us-west-2'],
    ['directory', 'us-west-2'],
    ['people', 'us-west-2'],
    ['cluster', 'us-west-2'],
    ['access', 'us-west-2'],
  ]);
  expect(query(links[5]!.url)).toEqual({
    templateURL: 'https://my-bucket.s3.us-west-2.amazonaws.com/podlaunch/releases/1.0/templates/cluster.yaml',
    stackName: 'podlaunch-cluster',
  });
});

test('a link for the update of a stack fills nothing in', () => {
  const [link] = makeLinks({ ...base, templates: templates.filter(({ stack }) => stack === 'cluster'), update: true });
  expect(link).toEqual({
    ...{ action: 'update', stack: 'cluster', region: 'us-west-2' },
    url:
      'https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#/stacks/update/template?stackId=podlaunch-cluster' +
      '&templateURL=https%3A%2F%2Fmy-bucket.s3.us-west-2.amazonaws.com%2Fpodlaunch%2Freleases%2F1.0%2Ftemplates%2Fcluster.yaml',
  });
  expect(refusal({ update: true, parameters: { DomainName: 'ad.example.org' } })).toEqual(['PL5023']);
  expect(refusal({ update: true, project: 'a b' })).toEqual(['PL5007']);
});

test('a link for each region, whatever the region of the bucket', () => {
  const links = makeLinks({
    ...base,
    templates: templates.slice(0, 1),
    regions: ['eu-west-1', 'us-east-1'],
  });
  expect(links.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
  expect(query(links[0]!.url)['templateURL']).toContain('.s3.us-west-2.');
});

test.each([
  ['eusc-de-east-1', 'my-bucket.s3.eusc-de-east-1.amazonaws.eu/'],
  ['cn-north-1', 'my-bucket.s3.cn-north-1.amazonaws.com.cn/'],
  ['us-gov-east-1', 'my-bucket.s3.us-gov-east-1.amazonaws.com/'],
])('another partition: %s', (region, host) => {
  const [link] = makeLinks({ ...base, target: { ...target, region }, regions: [region] });
  expect(query(link!.url)['templateURL']).toContain(host);
});

test('without a bucket: a placeholder in its place', () => {
  const links = makeLinks({ ...base, target: { bucket: PLACEHOLDER_BUCKET, region: 'us-west-2', prefix: '' } });
  expect(query(links[0]!.url)['templateURL']).toMatch(
    /^https:\/\/YOUR-BUCKET\.s3\.us-west-2\.amazonaws\.com\/releases\//,
  );
});

test('a value goes to each stack that has the parameter, and to no other', () => {
  const links = makeLinks({ ...base, parameters: { DomainName: 'ad.example.org' } });
  expect(links.map(({ url }) => query(url)['param_DomainName'])).toEqual([
    'ad.example.org',
    'ad.example.org',
    undefined,
    'ad.example.org',
    'ad.example.org',
    'ad.example.org',
    'ad.example.org',
  ]);
});

describe('refused', () => {
  test('a version that is none', () => {
    expect(refusal({ version: '../1' })).toEqual(['PL4001']);
  });

  test('all faults of parameters at once, with the nearest names', () => {
    const parameters = { ClusterNam: 'a', NodeRecovery: 'automatic', LoginDisk: 'big' };
    expect(refusal({ parameters })).toEqual(['PL5004', 'PL5006', 'PL5006']);
    expect(() => makeLinks({ ...base, parameters })).toThrow(
      expect.objectContaining({
        diagnostics: expect.arrayContaining([expect.objectContaining({ hint: 'Did you mean ClusterName?' })]),
      }),
    );
  });

  test('a parameter of a stack that is not asked for', () => {
    expect(refusal({ templates: templates.slice(2, 3), parameters: { ClusterName: 'a' } })).toEqual(['PL5004']);
  });

  test.each([
    'VpcId',
    'ClusterSubnetId',
    'CertificateArn',
    'NodeBucketName',
    'BindSecretArn',
    'ReleaseBucketName',
    'ExistingVpcId',
    'AdminUser',
    'AdminPublicKey',
  ])('what only the launcher can know: %s', (name) => {
    expect(refusal({ parameters: { [name]: 'anything' } })).toEqual(['PL5013']);
  });

  test('a secret', () => {
    const secret = { Parameters: { Password: { Type: 'String', NoEcho: true } } };
    const template = { ...templates[0]!, value: secret };
    expect(refusal({ templates: [template], parameters: { Password: 'x' } })).toEqual(['PL5005']);
  });

  test('a key that makes too long a URL', () => {
    expect(refusal({ target: { ...target, prefix: `${'a/'.repeat(500)}` } })).toEqual(['PL5008']);
  });

  test('a project that makes no stack name', () => {
    expect(refusal({ project: '1st' })).toEqual(['PL5007']);
  });
});
