import { expect, test } from 'vitest';
import { Template } from '../../src/aws/template.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { instanceGroups } from '../../src/parts/cluster/instance-groups.ts';
import { assemble } from '../../src/stacks/assemble.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { stack } from '../../src/stacks/stack.ts';
import { dataOf } from '../support/compiled.ts';

const worker = { ...DEFAULTS.cluster.workers[0]!, name: 'more', partition: 'gpu' };
const config = { ...DEFAULTS, cluster: { ...DEFAULTS.cluster, workers: [...DEFAULTS.cluster.workers, worker] } };
const PREFIXES = ['Controller', 'Login', 'Worker1', 'Worker2'];

test('every instance group is a group of the form, with parameters of its own', () => {
  const template = new Template({ project: 'pod', title: 't' });
  const words = { name: 'groups', summary: 's', title: 't', about: 'a' };
  assemble(
    template,
    stack({ ...words, parts: [instanceGroups], outputs: [] }),
    settingsOf(config, { sha256: '' }, undefined),
  );
  const { Metadata, Conditions } = template.body() as any;
  const groups = Metadata['AWS::CloudFormation::Interface'].ParameterGroups;
  expect(groups.map(({ Label }: any) => Label.default)).toEqual([
    'Controller (controller-machine)',
    'Login nodes (login-group)',
    'Workers of partition workers (worker-group-1)',
    'Workers of partition gpu (more)',
  ]);
  for (const [index, prefix] of PREFIXES.entries()) {
    const asked = groups[index].Parameters as readonly string[];
    expect(asked.filter((name) => !name.startsWith(prefix))).toEqual([]);
    expect(asked.slice(0, 3)).toEqual([`${prefix}InstanceType`, `${prefix}InstanceCount`, `${prefix}Disk`]);
    expect(Conditions).toHaveProperty(`${prefix}HasDisk`);
  }
  const [first, second] = groups.slice(2).map(({ Parameters }: any) => Parameters);
  expect(second).toEqual(first.map((name: string) => name.replace('Worker1', 'Worker2')));
});

test('what a choice adds is in its group of the cluster, beside what every group has', () => {
  const groups = dataOf('cluster', config).Resources.Cluster.Properties.InstanceGroups;
  for (const [index, prefix] of PREFIXES.entries()) {
    expect(groups[index]).toMatchObject({
      InstanceType: { Ref: `${prefix}InstanceType` },
      InstanceCount: { Ref: `${prefix}InstanceCount` },
      ExecutionRole: { Ref: 'ExecutionRoleArn' },
      InstanceStorageConfigs: [
        { 'Fn::If': ['HasFileSystem', expect.anything(), expect.anything()] },
        {
          'Fn::If': [
            `${prefix}HasDisk`,
            { EbsVolumeConfig: { VolumeSizeInGB: { Ref: `${prefix}Disk` } } },
            { Ref: 'AWS::NoValue' },
          ],
        },
      ],
    });
  }
  expect(groups.map(({ SlurmConfig }: any) => SlurmConfig)).toEqual([
    { NodeType: 'Controller' },
    { NodeType: 'Login' },
    { NodeType: 'Compute', PartitionNames: ['workers'] },
    { NodeType: 'Compute', PartitionNames: ['gpu'] },
  ]);
});
