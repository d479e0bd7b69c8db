import { describe, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { type LinksInput, makeLinks, PLACEHOLDER_BUCKET } from '../../src/launch/make-links.ts';
import { codesOf } from '../support/refused.ts';

const templates = compile(DEFAULTS, readAssets());
const target = { bucket: 'my-bucket', region: 'us-west-2', prefix: 'podlaunch/' };
const base: LinksInput = { target, version: '1.0', project: 'podlaunch', templates };
const refusal = (input: Partial<LinksInput>) => codesOf(() => makeLinks({ ...base, ...input }));

/** What the console would read of a link. */
function query(url: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(url).hash.split('?')[1]));
}

test('a link for each stack, in the region of the bucket', () => {
  const links = makeLinks(base);
  expect(links.map(({ stack, region }) => [stack, region])).toEqual([
    ['prerequisites', 'us-west-2'],
    ['directory', 'us-west-2'],
    ['cluster', 'us-west-2'],
  ]);
  expect(query(links[2]!.url)).toEqual({
    templateURL: 'https://my-bucket.s3.us-west-2.amazonaws.com/podlaunch/releases/1.0/templates/cluster.yaml',
    stackName: 'podlaunch-cluster',
  });
});

test('each region once, whatever the region of the bucket', () => {
  const links = makeLinks({
    ...base,
    templates: templates.slice(0, 1),
    regions: ['eu-west-1', 'us-east-1', 'eu-west-1'],
  });
  expect(links.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
  expect(query(links[0]!.url)['templateURL']).toContain('.s3.us-west-2.');
});

test('the bucket of a region that does not exist', () => {
  expect(refusal({ target: { ...target, region: 'us-west-9' } })).toEqual(['PL5002']);
});

test('the European Sovereign Cloud, China and GovCloud', () => {
  const [europe] = makeLinks({ ...base, target: { ...target, region: 'eusc-de-east-1' } });
  expect(query(europe!.url)['templateURL']).toContain('my-bucket.s3.eusc-de-east-1.amazonaws.eu/');
  const china = { ...target, region: 'cn-north-1' };
  expect(query(makeLinks({ ...base, target: china })[0]!.url)['templateURL']).toContain(
    'my-bucket.s3.cn-north-1.amazonaws.com.cn/',
  );
  const gov = { ...target, region: 'us-gov-east-1' };
  expect(query(makeLinks({ ...base, target: gov })[0]!.url)['templateURL']).toContain(
    'my-bucket.s3.us-gov-east-1.amazonaws.com/',
  );
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
    undefined,
    'ad.example.org',
    'ad.example.org',
  ]);
});

describe('refused', () => {
  test.each(['us-west', 'US-WEST-2', '', 'us-west-2 ', 'us-iso-east-1', 'us-est-1', 'eu-west-9'])(
    'the region %j',
    (region) => {
      expect(refusal({ regions: [region] })).toEqual(['PL5002']);
    },
  );

  test.each([
    ['us-west-2', 'cn-north-1'],
    ['us-west-2', 'us-gov-west-1'],
    ['cn-north-1', 'us-gov-west-1'],
    ['us-gov-west-1', 'us-west-1'],
    ['eu-central-1', 'eusc-de-east-1'],
  ])('a bucket in %s for a launch in %s', (bucketRegion, region) => {
    expect(refusal({ target: { ...target, region: bucketRegion }, regions: [region] })).toEqual(['PL5003']);
  });

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
    expect(refusal({ templates: templates.slice(0, 1), parameters: { ClusterName: 'a' } })).toEqual(['PL5004']);
  });

  test.each(['VpcId', 'ClusterSubnetId', 'CertificateArn', 'NodeBucketName', 'BindSecretArn', 'ReleaseBucketName'])(
    'what only the launcher can know: %s',
    (name) => {
      expect(refusal({ parameters: { [name]: 'anything' } })).toEqual(['PL5013']);
    },
  );

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
