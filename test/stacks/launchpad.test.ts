import { describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { alarmTopic } from '../../src/parts/alarm-topic.ts';
import { bindSecret } from '../../src/parts/bind-secret.ts';
import { bucketAlarms } from '../../src/parts/bucket-alarms.ts';
import { certificate } from '../../src/parts/certificate.ts';
import { certificateCheck } from '../../src/parts/certificate-check.ts';
import { cluster } from '../../src/parts/cluster.ts';
import { clusterMode } from '../../src/parts/cluster-mode.ts';
import { clusterSecurityGroup } from '../../src/parts/cluster-security-group.ts';
import { directory } from '../../src/parts/directory.ts';
import { directoryAlarms } from '../../src/parts/directory-alarms.ts';
import { domain } from '../../src/parts/domain.ts';
import { executionRole } from '../../src/parts/execution-role.ts';
import { existingDirectory } from '../../src/parts/existing-directory.ts';
import { fileSystem } from '../../src/parts/file-system.ts';
import { fileSystemMount } from '../../src/parts/file-system-mount.ts';
import { instanceGroups } from '../../src/parts/instance-groups.ts';
import { ldapsListeners } from '../../src/parts/ldaps-listeners.ts';
import { ldapsName } from '../../src/parts/ldaps-name.ts';
import { loadBalancer } from '../../src/parts/load-balancer.ts';
import { network } from '../../src/parts/network.ts';
import { nodeBucketPolicy } from '../../src/parts/node-bucket.ts';
import { copyScriptsCommand, nodeScripts } from '../../src/parts/node-scripts.ts';
import { nodeSettings } from '../../src/parts/node-settings.ts';
import { release } from '../../src/parts/release.ts';
import { secretPolicies } from '../../src/parts/secret-policies.ts';
import { settingsAlarms } from '../../src/parts/settings-alarms.ts';
import { sshOutputs } from '../../src/parts/ssh-outputs.ts';
import { virtualNetwork } from '../../src/parts/virtual-network.ts';
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
