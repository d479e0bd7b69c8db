import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

const [launchpad] = await compileRelease(DEFAULTS, { sha256: 'a'.repeat(64) });
const template = launchpad!.value as any;
const page = (name: string) => readFileSync(name, 'utf8');

test.each(['README.md', 'docs/launcher.md'])('%s names the quotas that the default instance types need', (name) => {
  const { controller, login, workers } = DEFAULTS.cluster;
  for (const { type } of [controller, login!, ...workers])
    expect(page(name)).toContain(`\`${type} for cluster usage\``);
});

test('the lines that remove what stays are those of the output RemoveKept, in its order', () => {
  const commands = (text: string) =>
    text.match(/aws (?:fsx|ds|secretsmanager|ec2) delete-[a-z-]+ --region|# The lines below.*?minutes\./g);
  const [, lines] = template.Outputs.RemoveKept.Value['Fn::Join'];
  const [, ofLaunchpad] = page('docs/clean-up.md').split('## A launchpad');
  expect(commands(ofLaunchpad!.split('## Small stacks')[0]!)).toEqual(commands(JSON.stringify(lines)));
});

test('what the pages call outputs, fields and functions of the launchpad is there', () => {
  const { Outputs, Parameters, Resources } = template;
  const functions = [...page('docs/day-2.md').matchAll(/`(\w+Function)`/g)].map(([, name]) => name!);
  expect(functions.length).toBeGreaterThan(2);
  expect(functions.filter((name) => !(name in Resources))).toEqual([]);
  const fields = [...page('docs/launcher.md').matchAll(/`((?:Existing|Admin)\w+|MakeRoutes|CreateFileSystem)`/g)];
  expect(fields.length).toBeGreaterThan(8);
  expect(fields.map(([, name]) => name!).filter((name) => !(name in Parameters || name in Outputs))).toEqual([]);
  for (const name of ['KeyFingerprint', 'SshConfig', 'ListNodes', 'RemoveKept']) expect(Outputs).toHaveProperty(name);
});

test('what stays when a launchpad is deleted is in the table', () => {
  const kept = Object.values<any>(template.Resources).filter(({ DeletionPolicy }) => /^Retain/.test(DeletionPolicy));
  const words: Record<string, string> = {
    'AWS::FSx::FileSystem': '| file system for Lustre | yes',
    'AWS::DirectoryService::MicrosoftAD': '| directory | yes',
    'AWS::SecretsManager::Secret': "| Admin's secret | a little",
    'AWS::EC2::VPC': '| VPC, two subnets, the security group of the nodes | no',
    'AWS::EC2::Subnet': '| VPC, two subnets,',
    'AWS::EC2::SecurityGroup': 'the security group of the nodes | no',
    'AWS::EC2::SecurityGroupIngress': 'the security group of the nodes | no',
    'AWS::EC2::SecurityGroupEgress': 'the security group of the nodes | no',
  };
  for (const { Type } of kept) expect(page('docs/clean-up.md'), Type).toContain(words[Type] ?? Type);
});
