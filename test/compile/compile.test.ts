import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { dataOf } from '../support/compiled.ts';
import { withoutNextLink } from '../support/next-link.ts';

const ASSETS = { sha256: 'a'.repeat(64) };
const LOCATION = { bucketName: 'releases', bucketRegion: 'eu-west-1', keyPrefix: 'pod/releases/1.0.0/' };
const templates = compile(DEFAULTS, ASSETS);
const named = (stack: string) => templates.find((template) => template.stack === stack)!;

describe('compile', () => {
  test('gives the same bytes every time', () => {
    expect(compile(DEFAULTS, ASSETS).map((t) => t.text)).toEqual(templates.map((t) => t.text));
  });

  test.each(templates.map((t) => [t.file, t] as const))('%s can be deployed without a bucket', (_, template) => {
    expect(Buffer.byteLength(template.text)).toBeLessThan(51_200);
  });

  test('a release changes where it is, where NextLink leads, and that the directory stack makes a certificate', () => {
    const released = compile(DEFAULTS, ASSETS, LOCATION);
    const changed = released.flatMap((template, index) => {
      if (template.stack === 'directory') return [];
      const before = withoutNextLink(templates[index]!.text).split('\n');
      const after = withoutNextLink(template.text).split('\n');
      return after.filter((line) => !before.includes(line)).map((line) => line.trim());
    });
    const place = 'pod/releases/1.0.0/';
    expect(changed).toEqual([
      ...['Default: releases', 'Default: eu-west-1', `Default: ${place}`, `AllowedValues: [${place}, '']`],
      `ConstraintDescription: Of the release of this template, such as ${place}; or empty.`,
    ]);
  });

  test('what makes the certificate, and leads to people, is all that a release adds to the directory stack', () => {
    const released = compile(DEFAULTS, ASSETS, LOCATION).find(({ stack }) => stack === 'directory')!;
    const own = { 'Fn::If': ['WantsCertificate', { Ref: 'Certificate' }, { Ref: 'CertificateArn' }] };
    const text = withoutNextLink(JSON.stringify(released.value));
    const after = JSON.parse(text.replaceAll(JSON.stringify(own), '{"Ref":"CertificateArn"}'));
    const before = JSON.parse(JSON.stringify(named('directory').value));
    for (const { Parameters, Outputs } of [before, after]) {
      delete Parameters.CertificateArn;
      for (const link of ['NextLink', 'PeopleLink', 'AuthorityKeySha256']) delete Outputs[link];
    }
    const added = Object.keys(after.Resources).filter((name) => !(name in before.Resources));
    for (const name of added) {
      expect(after.Resources[name].Condition, name).toMatch(/^(Wants|Watches)Certificate$/);
      delete after.Resources[name];
    }
    expect(added).toContain('CertificateFunction');
    for (const name of ['WantsCertificate', 'WatchesCertificate', 'IsNamedOtherwiseThanPeople'])
      delete after.Conditions[name];
    expect(after).toEqual(before);
  });

  test('a path leads to the text and to the TypeScript that wrote it', () => {
    const template = named('prerequisites');
    const path = ['Resources', 'S3Endpoint', 'Properties', 'ServiceName'];
    const span = template.span(path);
    expect(template.text.split('\n')[span.line - 1]!.slice(span.column - 1, span.column - 1 + span.length)).toBe(
      '!Sub com.amazonaws.${AWS::Region}.s3',
    );
    expect(template.source!(path)).toMatchObject({ file: 'src/parts/network/network.ts' });
    expect(template.source!(['Parameters', 'VpcCidr', 'Default'])).toMatchObject({
      file: 'src/parts/network/cidr-block.ts',
    });
    // What a part needs and what it gives were written in the part, whatever made parameter and output of them.
    const directory = named('directory');
    expect(directory.source!(['Parameters', 'VpcId'])!.file).toBe('src/parts/network/network-needs.ts');
    expect(directory.source!(['Outputs', 'LdapsHost', 'Description'])!.file).toBe('src/parts/directory/ldaps-name.ts');
    expect(template.span(['Resources', 'Nothing', 'Here'])).toMatchObject({ file: 'prerequisites.yaml' });
  });

  test('each configured group is an instance group with parameters of its own', () => {
    const worker = (name: string, partition: string) => ({
      name,
      type: 'ml.p5.48xlarge',
      count: 2,
      disk: 0,
      partition,
    });
    const cluster = { ...DEFAULTS.cluster, login: null, workers: [worker('gpu', 'gpu'), worker('more', 'gpu')] };
    const { Parameters, Resources } = dataOf('cluster', { ...DEFAULTS, cluster });
    const groups = Resources.Cluster.Properties.InstanceGroups;
    expect(groups.map((g: any) => [g.InstanceGroupName, g.SlurmConfig])).toEqual([
      ['controller-machine', { NodeType: 'Controller' }],
      ['gpu', { NodeType: 'Compute', PartitionNames: ['gpu'] }],
      ['more', { NodeType: 'Compute', PartitionNames: ['gpu'] }],
    ]);
    expect(Parameters.Worker2InstanceType.Default).toBe('ml.p5.48xlarge');
    expect(Object.keys(Parameters).filter((name) => name.startsWith('Login'))).toEqual([]);
  });

  test('retain: false deletes what contains data', () => {
    const gone = { ...DEFAULTS, retain: false };
    expect(dataOf('prerequisites', gone).Resources.FileSystem).toMatchObject({
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
    expect(dataOf('directory', gone).Resources.Directory.DeletionPolicy).toBe('Delete');
    expect((named('directory').value as any).Resources.Directory).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });
});
