import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageModule } from '../../../scripts/generate/page.mjs';
import { OFFERS_FROM, REGION_OFFERS } from '../../../src/aws/generated/region-offers.ts';
import { REGIONS } from '../../../src/aws/regions.ts';
import { contentSecurityPolicy } from '../../../src/launch/page/content-security-policy.ts';
import { formGroups } from '../../../src/launch/page/form-fields.ts';
import { isQuickPattern } from '../../../src/launch/page/quick-pattern.ts';
import { readPage } from '../../../src/launch/page/read-page.ts';
import { madePage, PRICES, pageInput } from './a-page.ts';

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(1)</script> [a](javascript:alert(1)) &amp; '`;

/** The facts that the script is told. */
function factsOf(text: string) {
  const [, facts] = /data-facts="([^"]*)"/.exec(text)!;
  return JSON.parse(facts!.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)));
}

/** The instance types of a region in the table's lists. */
function listedTypes(section: string, region: string): readonly string[] {
  const [, list] = section.split(/<ul data-types="[^"]*">/);
  const lines = [...list!.split('</ul>')[0]!.matchAll(/<li>(.*?): (.*?)(?: in (.*?))?<\/li>/g)];
  const families = lines.filter(([, , , where]) => where === undefined || where.split(', ').includes(region));
  return families.flatMap(([, family, sizes]) => sizes!.split(', ').map((size) => `${family}.${size}`));
}

test('the script in the source tree is that of its source', async () => {
  expect(readFileSync('src/launch/page/generated/script.ts', 'utf8')).toBe(await pageModule());
});

test('the whole folder is below 100 KB, and the same every time', () => {
  const { files } = madePage(pageInput());
  expect(files.map(({ path }) => path)).toEqual([
    expect.stringMatching(/^page\.[0-9a-f]{16}\.css$/),
    expect.stringMatching(/^page\.[0-9a-f]{16}\.js$/),
    expect.stringMatching(/^links\.[0-9a-f]{16}\.html$/),
    'index.html',
  ]);
  expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(100_000);
  expect(madePage(pageInput()).files).toEqual(files);
});

/** What a browser loads of a page before anyone clicks: all but the page of every link. */
const loadedBytes = (regions: readonly string[]) =>
  madePage(pageInput({ regions }))
    .files.filter(({ path }) => !path.startsWith('links.'))
    .reduce((sum, { bytes }) => sum + bytes.length, 0);

test('with every region that has HyperPod a browser loads less than 100 KB', () => {
  const regions = Object.keys(REGION_OFFERS).filter((region) => Object.keys(REGION_OFFERS[region]!.nodes).length > 20);
  expect(regions.length).toBeGreaterThan(15);
  const [few, all] = [loadedBytes(regions.slice(0, 2)), loadedBytes(regions)];
  expect(all).toBeLessThan(100_000);
  expect((all - few) / (regions.length - 2)).toBeLessThan(1_000);
});

test('the links of every region are one click away; a page of one region has all of its own', () => {
  const { files, text } = madePage(pageInput());
  const links = files.find(({ path }) => path.startsWith('links.'))!;
  expect(text).toContain(`<a href="${links.path}">`);
  const hrefs = (page: string) => [...page.matchAll(/href="(https:[^"]*)"/g)].map(([, href]) => href!);
  const all = hrefs(new TextDecoder().decode(links.bytes));
  expect(all.filter((href) => href.startsWith('https://us-west-2.'))).toEqual(hrefs(text).slice(1));
  expect(all.map((href) => href.replaceAll('eu-west-1', 'us-west-2'))).toEqual([
    ...hrefs(text).slice(1),
    ...hrefs(text).slice(1),
  ]);
  const one = madePage(pageInput({ regions: ['eu-west-1'] }));
  expect(one.files).toHaveLength(3);
  expect(one.text).not.toContain('links.');
});

test('a page that was written is read again, with the links of every region', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-page-'));
  const { files } = madePage(pageInput());
  for (const { path, bytes } of files) writeFileSync(join(folder, path), bytes);
  const paths = (some: readonly { readonly path: string }[]) => some.map(({ path }) => path).toSorted();
  expect(paths(readPage(folder))).toEqual(paths(files));
  rmSync(folder, { recursive: true });
});

test('the costs of the defaults are on the page, with the prices of its regions and of no other', () => {
  const cost = (text: string) => text.slice(text.indexOf('<section id="cost"'), text.indexOf('<h2>Launch</h2>'));
  const section = cost(madePage(pageInput({ prices: PRICES })).text);
  // A controller, a worker and a login node, and 1,200 GB at 0.73 a month.
  expect(section).toContain(
    '<th scope="row">1200 GiB of FSx for Lustre, 250 MB/s per TiB</th><td>1.20</td><td>876.00</td>',
  );
  expect(section).toContain('price lists of 2026-11-20, without taxes');
  expect(section).toContain('us-west-2&#34;');
  expect(section).toContain('eu-west-1&#34;');
  expect(section).not.toContain('ap-south-1');

  const unknown = cost(madePage(pageInput()).text);
  expect(unknown).toContain('<th scope="row">all that has a price here</th><td>unknown</td><td>unknown</td>');
  expect(unknown).toContain('no price is guessed');
  expect(unknown).not.toMatch(/data-prices|[0-9]\.[0-9]{2}/);
});

test('what regions have is in a table: what CloudFormation lacks there, and the instance types of nodes', () => {
  const regions = ['us-west-2', 'eu-west-3', 'us-gov-west-1', 'me-south-1'];
  const { text } = madePage(pageInput({ regions }));
  const section = text.slice(text.indexOf('<section id="regions">'), text.indexOf('<h2>Check what you launch</h2>'));
  expect(
    [...section.matchAll(/<tr><th scope="row">(.*?)<\/th><td>(.*?)<\/td><td>(.*?)<\/td>/g)].map(([, ...row]) => row),
  ).toEqual([
    ['us-west-2', 'all', String(listedTypes(section, 'us-west-2').length)],
    ['eu-west-3', 'without AWS::SageMaker::Cluster', '0'],
    // What only the origin of a page needs is not what a launch needs.
    ['us-gov-west-1', 'without AWS::SageMaker::Cluster', '0'],
    ['me-south-1', 'not known', 'not known'],
  ]);
  expect(listedTypes(section, 'us-west-2')).toEqual(expect.arrayContaining(['ml.c5.4xlarge', 'ml.p5.48xlarge']));
  expect(section).toContain('<ul data-types="us-west-2">');
  expect(factsOf(text).regions.map(({ lacks }: { lacks: string[] }) => lacks.length)).toEqual([0, 1, 1, 0]);
});

test('what is said of regions is of a day, and of none whose registry nobody can read', () => {
  expect(OFFERS_FROM).toEqual({
    registriesOf: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
    shippedBy: expect.stringMatching(/^cfn-lint /),
  });
  const known = Object.keys(REGION_OFFERS);
  expect(known.filter((region) => !Object.values(REGIONS).flat().includes(region))).toEqual([]);
  // A registry that nobody outside can read is not taken for another region's.
  expect(known.filter((region) => region.startsWith('eusc-') || region.startsWith('us-iso'))).toEqual([]);
});

test('nothing is loaded from elsewhere, nothing is inline, and every link is to the console and on its own', () => {
  const { text } = madePage(pageInput());
  expect([...text.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g)].map(([, url]) => url)).toEqual([
    expect.stringMatching(/^page\.[0-9a-f]+\.css$/),
    expect.stringMatching(/^page\.[0-9a-f]+\.js$/),
  ]);
  expect(text).not.toMatch(/<style|style="|\son\w+="|javascript:|<form|<iframe/i);
  const links = [...text.matchAll(/<a [^>]*>/g)].map(([link]) => link);
  const outside = links.filter((link) => !/^<a href="links\.[0-9a-f]{16}\.html">$/.test(link));
  // The button, each of six stacks in the first region, and the page of every link.
  expect([links.length, outside.length]).toEqual([8, 7]);
  for (const link of outside) {
    expect(link).toMatch(/href="https:\/\/us-west-2\.console\.aws\.amazon\.com\//);
    expect(link).toContain('target="_blank" rel="noopener noreferrer"');
  }
});

test('the policy allows its own files, and to read from the place of releases', () => {
  const policy = contentSecurityPolicy('https://b.s3.us-west-2.amazonaws.com/p/');
  expect(policy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src https://b.s3.us-west-2.amazonaws.com/p/; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  );
  const [, own] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(madePage(pageInput()).text)!;
  expect(own).toContain('default-src &#39;none&#39;; script-src &#39;self&#39;;');
  expect(own).not.toContain('frame-ancestors');
});

test('what a publisher and a template say is text, whatever it is', () => {
  const [first, ...rest] = pageInput().templates;
  const value = structuredClone(first!.value) as any;
  const { ParameterGroups, ParameterLabels } = value.Metadata['AWS::CloudFormation::Interface'];
  ParameterGroups[1].Label.default = HOSTILE;
  ParameterLabels.ClusterName.default = HOSTILE;
  value.Parameters.ClusterName.Description = HOSTILE;
  value.Parameters.ClusterName.ConstraintDescription = HOSTILE;
  value.Parameters.ClusterName.Default = HOSTILE;
  const look = {
    title: HOSTILE,
    publisher: HOSTILE,
    colour: '#0b5cad',
    logo: { bytes: new Uint8Array(), kind: 'svg' as const },
  };
  const { text } = madePage(pageInput({ look, templates: [{ ...first!, value }, ...rest] }));
  expect(text.match(/<(img|script)[^>]*>/g)).toEqual([
    expect.stringMatching(/^<script src="page\.[0-9a-f]+\.js" defer>$/),
    expect.stringMatching(/^<img src="logo\.[0-9a-f]+\.svg" alt="[^"<>]*">$/),
  ]);
  expect(factsOf(text).fields.find((field: any) => field.name === 'ClusterName')).toMatchObject({
    advice: HOSTILE,
    default: HOSTILE,
  });
});

test('a link may fill in what changes the cluster, and nothing that says whose it is or opens what is closed', () => {
  const fields = formGroups(pageInput().templates[0]!.value).flatMap((group) => group.fields);
  expect(fields.filter(({ personal }) => personal).map(({ name }) => name)).toEqual([
    'AdminUser',
    'AdminPublicKey',
    'AlarmEmail',
  ]);
  expect(
    fields
      .filter(({ personal }) => !personal)
      .map(({ name }) => name)
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "AccountingDatabase",
      "AccountingDatabaseClass",
      "AccountingDatabaseStorage",
      "ClusterName",
      "ClusterZoneId",
      "ControllerDisk",
      "ControllerInstanceCount",
      "ControllerInstanceType",
      "CreateFileSystem",
      "DomainName",
      "Edition",
      "FileSystemBackupDays",
      "FileSystemCapacity",
      "FileSystemCompression",
      "FileSystemEfa",
      "FileSystemMountPath",
      "FileSystemThroughput",
      "FileSystemVersion",
      "JoinFailure",
      "LoginDisk",
      "LoginInstanceCount",
      "LoginInstanceType",
      "NodeProvisioningMode",
      "NodeRecovery",
      "SecondZoneId",
      "ShortName",
      "VpcCidr",
      "Worker1Disk",
      "Worker1InstanceCount",
      "Worker1InstanceType",
    ]
  `);
  for (const { templates } of [pageInput(), pageInput({}, 'small')]) {
    for (const { value } of templates) {
      const names = formGroups(value).flatMap((group) => group.fields.map(({ name }) => name));
      const never =
        /^(NodeBucketName|ExecutionRoleArn|BindSecret\w*|CertificateArn|LdapsHost|Release\w+|UserMetadataAccess|PlainListener|Bastion\w*|Existing\w+|\w+Arns?|\w+Id)$/;
      expect(names.filter((name) => never.test(name) && !/ZoneId$/.test(name))).toEqual([]);
    }
  }
  // What another stack gives is the launcher's own in that stack.
  const cluster = pageInput().templates.find(({ stack }) => stack === 'cluster')!;
  expect(formGroups(cluster.value).flatMap((group) => group.fields.map(({ name }) => name))).not.toContain(
    'DomainName',
  );
});

test('who the launcher is is never filled in, not even by a default of the template', () => {
  const [first, ...rest] = pageInput().templates;
  const value = structuredClone(first!.value) as any;
  value.Parameters.AdminUser.Default = 'mallory';
  const { text } = madePage(pageInput({ templates: [{ ...first!, value }, ...rest] }));
  expect(text).toContain('data-field="AdminUser" value=""');
});

test('the form is of the stack that a launch begins with', () => {
  expect(factsOf(madePage(pageInput()).text).formOf).toEqual(['launchpad', 'launchpad-trial']);
  expect(factsOf(madePage(pageInput({}, 'small')).text).formOf).toEqual(['prerequisites']);
});

test('templates are read from AWS, data from the endpoint that is given', () => {
  const target = { ...pageInput().target, endpointUrl: 'http://127.0.0.1:5000' };
  const { releases, templates } = factsOf(madePage(pageInput({ target })).text);
  expect({ releases, templates }).toEqual({
    releases: 'http://127.0.0.1:5000/my-releases/podlaunch/',
    templates: 'https://my-releases.s3.us-west-2.amazonaws.com/podlaunch/',
  });
});

test('every pattern of the templates is tried in the browser; one that stops it is not', () => {
  const patterns = pageInput().templates.flatMap(({ value }) =>
    Object.values((value as any).Parameters).flatMap((each: any) => each.AllowedPattern ?? []),
  );
  expect(patterns.length).toBeGreaterThan(20);
  expect(patterns.filter((pattern) => !isQuickPattern(pattern))).toEqual([]);
  expect(isQuickPattern('^(a+)+$')).toBe(false);
});
