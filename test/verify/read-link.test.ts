import { describe, expect, test } from 'vitest';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { type LinksInput, makeLinks } from '../../src/launch/make-links.ts';
import { readLink } from '../../src/verify/read-link.ts';
import { codesOf } from '../support/refused.ts';

const templates = await compileRelease(DEFAULTS, readAssets());
const links = (
  region: string,
  prefix: string,
  more: Partial<LinksInput> = { parameters: { DomainName: 'ad.example.org' } },
) =>
  makeLinks({
    ...more,
    target: { bucket: 'my-bucket', region, prefix },
    version: '1.0.0',
    project: 'physics',
    templates,
    regions: [region],
  });
const [, , , , , cluster] = links('us-west-2', 'team/');
const URL_OF_IT = cluster!.url;

test.each([
  ['us-west-2', 'team/'],
  ['eu-west-1', ''],
  ['cn-north-1', 'a/releases/b/'],
  ['us-gov-west-1', 'x(1)/'],
  ['eusc-de-east-1', 'team/'],
])('reads what links are made of: %s, %j', (region, prefix) => {
  for (const { url, stack } of links(region, prefix)) {
    expect(readLink(url)).toEqual({
      action: 'create',
      target: { kind: 's3', bucket: 'my-bucket', region, prefix },
      version: '1.0.0',
      stack,
      region,
      stackName: `physics-${stack}`,
      parameters: stack === 'prerequisites' ? {} : { DomainName: 'ad.example.org' },
      warnings: [],
    });
  }
});

test('reads links for updates', () => {
  for (const { url, stack } of links('us-west-2', 'team/', { update: true }))
    expect(readLink(url)).toMatchObject({
      ...{ action: 'update', version: '1.0.0', stack, stackName: `physics-${stack}`, parameters: {} },
    });
});

test.each(['AdminUser=mallory', 'AdminPublicKey=ssh-ed25519+AAAA', 'ExistingFileSystemDnsName=fs.example'])(
  'what makes somebody else root of a launchpad is warned of: %s',
  (value) => {
    const { warnings } = readLink(`${links('us-west-2', '')[0]!.url}&param_${value}`);
    expect(warnings).toMatchObject([{ code: 'PL7003', message: expect.stringContaining(value.split('=')[0]!) }]);
  },
);

test('what only the stacks of the launcher know is warned of', () => {
  const evil =
    '&param_NodeBucketName=sagemaker-us-west-2-111122223333&param_UserMetadataAccess=open&param_LdapsHost=x.example';
  const { parameters, warnings } = readLink(URL_OF_IT + evil);
  expect(Object.keys(parameters)).toEqual(['DomainName', 'NodeBucketName', 'UserMetadataAccess', 'LdapsHost']);
  expect(warnings.map(({ code, message }) => `${code} ${message.split(' ')[4]}`)).toEqual([
    'PL7003 NodeBucketName,',
    'PL7003 UserMetadataAccess,',
    'PL7003 LdapsHost,',
  ]);
});

describe('refused', () => {
  const template = encodeURIComponent(
    'https://my-bucket.s3.us-west-2.amazonaws.com/team/releases/1.0.0/templates/cluster.yaml',
  );
  const elsewhere = (url: string) => URL_OF_IT.replace(template, encodeURIComponent(url));
  test.each([
    ['no link', 'hello'],
    ['another page of the console', URL_OF_IT.replace('create/review', 'delete')],
    ['no TLS', URL_OF_IT.replace('https:', 'http:')],
    [
      'a host that looks like the console',
      URL_OF_IT.replace('.console.aws.amazon.com', '.console.aws.amazon.com.evil.example'),
    ],
    ['a user before the host', URL_OF_IT.replace('https://', 'https://us-west-2.console.aws.amazon.com@evil.example/')],
    ['a region that does not exist', URL_OF_IT.replaceAll('us-west-2', 'us-west-9')],
    [
      'a template elsewhere',
      elsewhere('https://my-bucket.s3.us-west-2.evil.example/team/releases/1.0.0/templates/cluster.yaml'),
    ],
    ['a template that is none of a release', elsewhere('https://my-bucket.s3.us-west-2.amazonaws.com/cluster.yaml')],
    [
      'a template of no stack',
      elsewhere('https://my-bucket.s3.us-west-2.amazonaws.com/releases/1.0.0/templates/evil.yaml'),
    ],
    [
      'a version that is none',
      elsewhere('https://my-bucket.s3.us-west-2.amazonaws.com/releases/../templates/cluster.yaml'),
    ],
    [
      'a partition that does not go with the region',
      elsewhere('https://my-bucket.s3.cn-north-1.amazonaws.com/releases/1.0.0/templates/cluster.yaml'),
    ],
  ])('%s', (_, link) => {
    expect(link).not.toBe(URL_OF_IT);
    expect(codesOf(() => readLink(link))).toEqual(['PL7001']);
  });
});
