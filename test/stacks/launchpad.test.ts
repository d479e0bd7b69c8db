import { describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { alarmTopic } from '../../src/parts/alarms/alarm-topic.ts';
import { bucketAlarms } from '../../src/parts/alarms/bucket-alarms.ts';
import { directoryAlarms } from '../../src/parts/alarms/directory-alarms.ts';
import { settingsAlarms } from '../../src/parts/alarms/settings-alarms.ts';
import { accountingDatabase } from '../../src/parts/cluster/accounting-database.ts';
import { cluster } from '../../src/parts/cluster/cluster.ts';
import { clusterMode } from '../../src/parts/cluster/cluster-mode.ts';
import { executionRole } from '../../src/parts/cluster/execution-role.ts';
import { instanceGroups } from '../../src/parts/cluster/instance-groups.ts';
import { nodeSettings } from '../../src/parts/cluster/node-settings.ts';
import { sshOutputs } from '../../src/parts/cluster/ssh-outputs.ts';
import { bindSecret } from '../../src/parts/directory/bind-secret.ts';
import { certificate } from '../../src/parts/directory/certificate.ts';
import { certificateCheck } from '../../src/parts/directory/certificate-check.ts';
import { directory } from '../../src/parts/directory/directory.ts';
import { domain } from '../../src/parts/directory/domain.ts';
import { existingDirectory } from '../../src/parts/directory/existing-directory.ts';
import { ldapsListeners } from '../../src/parts/directory/ldaps-listeners.ts';
import { ldapsName } from '../../src/parts/directory/ldaps-name.ts';
import { loadBalancer } from '../../src/parts/directory/load-balancer.ts';
import { secretPolicies } from '../../src/parts/directory/secret-policies.ts';
import { clusterSecurityGroup } from '../../src/parts/network/cluster-security-group.ts';
import { network } from '../../src/parts/network/network.ts';
import { virtualNetwork } from '../../src/parts/network/virtual-network.ts';
import { nodeBucketPolicy } from '../../src/parts/scripts/node-bucket.ts';
import { copyScriptsCommand, nodeScripts } from '../../src/parts/scripts/node-scripts.ts';
import { release } from '../../src/parts/scripts/release.ts';
import { fileSystem } from '../../src/parts/storage/file-system.ts';
import { fileSystemMount } from '../../src/parts/storage/file-system-mount.ts';
import { STACKS } from '../../src/stacks/index.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { stack } from '../../src/stacks/stack.ts';
import { validate } from '../../src/validate/validate.ts';

const SETTINGS = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined);

/** All parts in one stack, which asks for nothing that another part gives. */
const launchpad = stack({
  name: 'launchpad',
  summary: 'everything',
  title: 'everything',
  about: 'Everything in one stack.',
  closed: true,
  parts: [
    release,
    nodeScripts,
    virtualNetwork,
    executionRole,
    nodeBucketPolicy,
    clusterSecurityGroup,
    network,
    fileSystem,
    alarmTopic,
    bucketAlarms,
    copyScriptsCommand,
    domain,
    existingDirectory,
    certificate,
    loadBalancer,
    certificateCheck,
    ldapsName,
    bindSecret,
    directory,
    ldapsListeners,
    secretPolicies,
    directoryAlarms,
    clusterMode,
    accountingDatabase,
    instanceGroups,
    fileSystemMount,
    nodeSettings,
    cluster,
    settingsAlarms,
    sshOutputs,
  ],
  outputs: [
    'VpcId',
    'FileSystemDnsName',
    'AdminSecretArn',
    'LdapsHost',
    'ClusterArn',
    'SshConfig',
    'ListNodes',
    'CopyScriptsCommand',
  ],
});

const parts = compileStacks(STACKS, SETTINGS).map(({ value }) => value as any);
const [whole] = compileStacks([launchpad], SETTINGS);
const template = whole!.value as any;
const keysOf = (section: string, of: readonly any[]) => of.flatMap((one) => Object.keys(one[section] ?? {}));

describe('all parts in one stack', () => {
  test('compile to a valid template, which is larger than CloudFormation takes without a bucket', () => {
    expect(validate(whole!).map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^PL3020 The template has \d+ bytes/),
    ]);
    expect(Buffer.byteLength(whole!.text)).toBeLessThan(1_000_000);
  });

  test('ask for what a launcher chooses, and for no output of another part', () => {
    const given = keysOf('Outputs', parts);
    const chosen = keysOf('Parameters', parts).filter((name) => !given.includes(name));
    // Each is both a choice and, by the same name, what the choice gives to the other parts.
    const both = ['VpcCidr', 'DomainName', 'CertificateArn', 'ClusterName'];
    expect(Object.keys(template.Parameters).sort()).toEqual([...new Set([...chosen, ...both])].sort());
    const required = Object.entries<any>(template.Parameters).filter(([, { Default }]) => Default === undefined);
    expect(required.map(([name]) => name)).toEqual(['CertificateArn']);
  });

  test('lose the rules and conditions of the parameters that are not there', () => {
    const gone = (section: string) => {
      const there = Object.keys(template[section]);
      return [...new Set(keysOf(section, parts))].filter((name) => !there.includes(name)).sort();
    };
    expect(gone('Rules')).toEqual(['SubnetsFit', 'WholeFileSystem']);
    expect(gone('Conditions')).toEqual([
      ...['GuardsAdminSecret', 'GuardsBindSecret', 'HasFileSystem', 'HasNodeRole', 'IsNamedOtherwise', 'WantsAlarm'],
    ]);
    // The role is always there: what guards a secret asks for the rest only.
    expect(template.Resources.AdminSecretPolicy.Condition).toBe('WantsDirectory');
    expect(template.Resources.BindSecretPolicy.Condition).toBe('HasSecretReaders');
  });

  test('are the resources of the single stacks, wired to each other', () => {
    expect(Object.keys(template.Resources).sort()).toEqual(keysOf('Resources', parts).sort());
    const { LoadBalancer, Cluster, NodeSettings, UnhealthyTargetAlarm } = template.Resources;
    expect(LoadBalancer.Properties.Subnets).toEqual([{ Ref: 'ClusterSubnet' }, { Ref: 'SecondSubnet' }]);
    expect(Cluster.Properties.VpcConfig.Subnets).toEqual([{ Ref: 'ClusterSubnet' }]);
    expect(Cluster.Properties.InstanceGroups[0].ExecutionRole).toEqual({ 'Fn::GetAtt': ['ExecutionRole', 'Arn'] });
    expect(UnhealthyTargetAlarm).toMatchObject({
      Condition: 'WantsAlarms',
      Properties: { AlarmActions: [{ Ref: 'AlarmTopic' }] },
    });
    expect(Cluster.Properties.InstanceGroups[0].InstanceStorageConfigs[0]['Fn::If']).toEqual([
      'WantsFileSystem',
      {
        FsxLustreConfig: {
          DnsName: { 'Fn::GetAtt': ['FileSystem', 'DNSName'] },
          MountName: { 'Fn::GetAtt': ['FileSystem', 'LustreMountName'] },
          MountPath: { Ref: 'FileSystemMountPath' },
        },
      },
      { Ref: 'AWS::NoValue' },
    ]);
    expect(JSON.stringify(NodeSettings.Properties.Value)).toContain('${BindSecret}');
  });
});
