import { describe, expect, test } from 'vitest';
import { certainReferences } from '../../src/aws/references.ts';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { SMALL_STACKS } from '../../src/stacks/index.ts';
import { launchpadStack, launchpadTrialStack } from '../../src/stacks/launchpad.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { validate } from '../../src/validate/validate.ts';

const SETTINGS = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined);

/** The stacks whose parts are in it: access is a stack of its own, whatever the launchpad is. */
const small = compileStacks(SMALL_STACKS.slice(0, 3), SETTINGS).map(({ value }) => value as any);
const [launchpad, trial] = compileStacks([launchpadStack, launchpadTrialStack], SETTINGS);
const template = launchpad!.value as any;
const keysOf = (section: string, of: readonly any[]) => of.flatMap((one) => Object.keys(one[section] ?? {}));
const resources = Object.entries<any>(template.Resources);

describe.each([launchpad!, trial!])('$stack', (compiled) => {
  test('compiles to a valid template, which is larger than CloudFormation takes without a bucket', () => {
    const found = validate(compiled);
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^PL3020 The template has \d+ bytes/),
    ]);
    expect(Buffer.byteLength(compiled.text)).toBeLessThan(1_000_000);
  });

  test('asks for two things, and keeps the key out of links', () => {
    const parameters = Object.entries<any>((compiled.value as any).Parameters);
    const required = parameters.filter(([, { Default }]) => Default === undefined);
    expect(required.map(([name]) => name)).toEqual(['AdminUser', 'AdminPublicKey']);
    expect(parameters.filter(([, { NoEcho }]) => NoEcho).map(([name]) => name)).toEqual(['AdminPublicKey']);
  });
});

const EXECUTION_ROLE = { 'Fn::GetAtt': ['ExecutionRole', 'Arn'] };

describe('the launchpad', () => {
  test('asks for no output of the small stacks, but for what is a choice by the same name', () => {
    const given = keysOf('Outputs', small);
    const both = ['VpcCidr', 'DomainName', 'ShortName', 'ClusterName'];
    expect(
      Object.keys(template.Parameters)
        .filter((name) => given.includes(name))
        .sort(),
    ).toEqual(both.sort());
    const chosen = keysOf('Parameters', small).filter((name) => !given.includes(name));
    expect(chosen.filter((name) => !(name in template.Parameters))).toEqual([]);
  });

  test('has two groups of at most twelve fields, and no group that speaks of another stack', () => {
    const groups = template.Metadata['AWS::CloudFormation::Interface'].ParameterGroups;
    const titles: string[] = groups.map(({ Label }: any) => Label.default);
    expect(titles.slice(0, 2)).toEqual(['You', 'Your cluster']);
    expect(groups.slice(0, 2).flatMap(({ Parameters }: any) => Parameters).length).toBeLessThanOrEqual(12);
    expect(titles.slice(2).filter((title) => !/[(](for|filled in)/.test(title))).toEqual([]);
    expect(JSON.stringify(template.Metadata)).not.toMatch(/stack \d|outputs of/);
    const listed = groups.flatMap(({ Parameters }: any) => Parameters);
    expect(listed.toSorted()).toEqual(Object.keys(template.Parameters).toSorted());
  });

  test('has all resources of the small stacks', () => {
    const there = Object.keys(template.Resources);
    expect(keysOf('Resources', small).filter((name) => !there.includes(name))).toEqual([]);
  });

  test('loses the rules and conditions of the parameters that are not there', () => {
    const gone = (section: string) => {
      const there = Object.keys(template[section]);
      return [...new Set(keysOf(section, small))].filter((name) => !there.includes(name)).sort();
    };
    expect(gone('Rules')).toEqual(['SubnetsFit', 'WholeFileSystem']);
    expect(gone('Conditions')).toEqual([
      ...['GuardsAdminSecret', 'GuardsBindSecret', 'HasNodeRole', 'IsNamedOtherwise', 'WantsAlarm'],
    ]);
    // The role is always there: what guards a secret asks for the rest only.
    expect(template.Resources.AdminSecretPolicy.Condition).toBe('WantsDirectory');
    expect(template.Resources.BindSecretPolicy.Condition).toBe('HasSecretReaders');
  });

  test('lets the function that makes people read the bind secret, whoever else may', () => {
    const { Condition } = template.Resources.BindSecretPolicy.Properties.ResourcePolicy.Statement[0];
    const role = { 'Fn::If': ['AdministersDirectory', { 'Fn::GetAtt': ['PeopleRole', 'Arn'] }, EXECUTION_ROLE] };
    expect(JSON.stringify(Condition.ArnNotEquals)).toContain(JSON.stringify(role));
  });

  test('gives each part what another one made, or what exists', () => {
    const { LoadBalancer, Cluster, UnhealthyTargetAlarm } = template.Resources;
    const either = (id: string, existing: string) => ({ 'Fn::If': ['MakesNetwork', { Ref: id }, { Ref: existing }] });
    const subnet = either('ClusterSubnet', 'ExistingClusterSubnetId');
    expect(LoadBalancer.Properties.Subnets).toEqual([subnet, either('SecondSubnet', 'ExistingSecondSubnetId')]);
    expect(Cluster.Properties.VpcConfig.Subnets).toEqual([subnet]);
    expect(UnhealthyTargetAlarm.Properties.AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
    const made = (attribute: string, existing: string) => ({
      'Fn::If': ['MakesFileSystem', { 'Fn::GetAtt': ['FileSystem', attribute] }, { Ref: existing }],
    });
    expect(Cluster.Properties.InstanceGroups[0].InstanceStorageConfigs[0]['Fn::If']).toEqual([
      'HasFileSystem',
      {
        FsxLustreConfig: {
          DnsName: made('DNSName', 'ExistingFileSystemDnsName'),
          MountName: made('LustreMountName', 'ExistingFileSystemMountName'),
          MountPath: { Ref: 'FileSystemMountPath' },
        },
      },
      { Ref: 'AWS::NoValue' },
    ]);
  });
});

/** What is made before a resource: surely, or where the launcher changes nothing, and so with all that Fn::If may take. */
function madeBefore(id: string, when: 'surely' | 'by default', found = new Set<string>()): ReadonlySet<string> {
  const text = JSON.stringify(template.Resources[id]).replaceAll('Fn::If', when === 'surely' ? 'Fn::If' : 'Either');
  for (const other of certainReferences(JSON.parse(text))) {
    if (other === id || found.has(other) || !(other in template.Resources)) continue;
    found.add(other);
    madeBefore(other, when, found);
  }
  return found;
}

describe('the order of the launchpad', () => {
  const preflightItself = ['PreflightLogs', 'PreflightRole', 'PreflightFunction', 'Preflight'];

  test('preflight is first: everything else waits for it', () => {
    expect(resources.slice(0, 4).map(([id]) => id)).toEqual(preflightItself);
    const waits = (id: string) => madeBefore(id, 'surely').has('Preflight');
    expect(resources.map(([id]) => id).filter((id) => !waits(id))).toEqual(preflightItself);
  });

  test('directory and file system wait for what can be refused in minutes, and not for each other', () => {
    for (const id of ['Directory', 'FileSystem']) {
      const first = ['Certificate', 'LoadBalancer', 'CertificateCheck', 'LdapsRecord', 'NatAddress', 'BastionAddress'];
      expect(first.filter((one) => !madeBefore(id, 'by default').has(one))).toEqual([]);
    }
    expect(madeBefore('Directory', 'by default').has('FileSystem')).toBe(false);
    expect(madeBefore('FileSystem', 'by default').has('Directory')).toBe(false);
  });
});

describe('a directory that exists', () => {
  const { Conditions, Resources, Rules, Parameters } = template;
  const own = (given: string, made: object, existing: string) => ({ 'Fn::If': [given, { Ref: existing }, made] });

  test('gets people where the stack is given its id and the secret of Admin', () => {
    expect(Conditions.AdministersDirectory['Fn::Or']).toHaveLength(2);
    for (const id of ['PeopleFunction', 'People', 'PeopleSchedule', 'AlignTargetsSchedule'])
      expect([id, Resources[id].Condition]).toEqual([id, 'AdministersDirectory']);
    const { Variables } = Resources.PeopleFunction.Properties.Environment;
    expect(Variables.DirectoryId).toEqual(own('HasDirectoryId', { Ref: 'Directory' }, 'ExistingDirectoryId'));
    expect(Variables.AdminSecretArn).toEqual(own('HasAdminSecret', { Ref: 'AdminSecret' }, 'ExistingAdminSecretArn'));
    // What the stack makes and keeps is its own only.
    for (const id of ['Directory', 'AdminSecret']) expect(Resources[id].Condition).toBe('WantsDirectory');
  });

  test('both are given or neither, and only with its addresses', () => {
    expect(Rules.AdminOfExistingDirectory.Assertions).toHaveLength(2);
    expect(new RegExp(Parameters.ExistingDirectoryId.AllowedPattern).test('')).toBe(true);
    expect(JSON.stringify(small)).not.toContain('ExistingDirectoryId');
  });
});

describe('what stays', () => {
  const policies = (of: any) =>
    Object.entries<any>(of.Resources).filter(([, { DeletionPolicy }]) => /^Retain/.test(DeletionPolicy));

  test('is the data and all that it needs, and in the trial nothing', () => {
    const kept = policies(template);
    expect(kept.map(([id]) => id).toSorted()).toEqual([
      'AdminSecret',
      'ClusterSecurityGroup',
      'ClusterSecurityGroupFromItself',
      'ClusterSecurityGroupToItself',
      'ClusterSubnet',
      'Directory',
      'FileSystem',
      'SecondSubnet',
      'Vpc',
    ]);
    expect(template.Resources.SlurmDatabase.DeletionPolicy).toBe('Snapshot');
    expect(trial!.text).not.toMatch(/Policy: (Retain|Snapshot)/);
  });

  test('needs nothing that goes', () => {
    const kept = new Set(policies(template).map(([id]) => id));
    for (const [id, { Properties }] of policies(template)) {
      const needed = [...certainReferences({ Properties })].filter((other) => other in template.Resources);
      expect([id, needed.filter((other) => !kept.has(other))]).toEqual([id, []]);
    }
  });

  test('has lines that remove it, in order, with the ids that it has', () => {
    const [, lines] = template.Outputs.RemoveKept.Value['Fn::Join'];
    const commands = JSON.stringify(lines).match(/aws [a-z0-9]+ delete-[a-z-]+/g);
    expect(commands).toEqual([
      'aws fsx delete-file-system',
      'aws ds delete-directory',
      'aws secretsmanager delete-secret',
      'aws ec2 delete-security-group',
      'aws ec2 delete-subnet',
      'aws ec2 delete-subnet',
      'aws ec2 delete-vpc',
    ]);
    expect(keysOf('Outputs', [trial!.value])).not.toContain('RemoveKept');
  });
});
