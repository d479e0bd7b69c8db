import { equals, not, when } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import type { ClusterInstanceStorageConfig } from '../../aws/generated/sagemaker-cluster.ts';
import { noValue } from '../../aws/intrinsics.ts';
import { INSTANCE_TYPE } from '../../aws/patterns.ts';
import type { Value } from '../../aws/value.ts';
import type { GroupProperties, NodeType } from '../base/handed.ts';

/** What podlaunch.yaml says of an instance group: the defaults of what its launcher may choose. */
export interface GroupSettings {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  /** GiB of an extra EBS volume, 0 for none. */
  readonly disk: number;
}

/** An instance group with what it is in Slurm, and the beginning of its parameters' names. */
export interface Group extends GroupSettings {
  readonly prefix: string;
  readonly label: string;
  readonly nodeType: NodeType;
  /** Slurm's partition; workers only. */
  readonly partition?: string;
}

/** What a choice adds to its instance group. */
interface Addition {
  readonly properties?: Partial<GroupProperties>;
  readonly storage?: readonly Value<ClusterInstanceStorageConfig>[];
}

/**
 * What a launcher may choose for each instance group, in the order of the form. An entry asks (its parameters' names begin
 * with the group's prefix) and says what that adds to the group of AWS::SageMaker::Cluster; it is all that a choice costs.
 */
export const GROUP_CHOICES: readonly ((form: Form, group: Group) => Addition)[] = [
  (form, { prefix, type }) => ({
    properties: {
      InstanceType: form.text(`${prefix}InstanceType`, {
        label: 'Instance type',
        Description: 'The account needs a quota for this type "for cluster usage".',
        Default: type,
        ...INSTANCE_TYPE,
      }),
    },
  }),

  (form, { prefix, nodeType, count }) => ({
    properties: {
      InstanceCount: form.number(`${prefix}InstanceCount`, {
        label: 'Instances',
        Default: count,
        ...COUNTS[nodeType],
      }),
    },
  }),

  (form, { prefix, disk }) => {
    const size = form.number(`${prefix}Disk`, {
      label: 'Extra disk (GiB)',
      Description: 'An EBS volume for each instance, mounted at /opt/sagemaker. 0: none.',
      Default: disk,
      MinValue: 0,
      MaxValue: 16384,
      ConstraintDescription: 'A number from 0 to 16384, such as 500.',
    });
    const wanted = form.condition(`${prefix}HasDisk`, not(equals(size, 0)));
    return { storage: [when(wanted, { EbsVolumeConfig: { VolumeSizeInGB: size } }, noValue)] };
  },
];

/** How many instances a group may have. A cluster waits for one login node, so that none would keep it from ever being in service. */
const COUNTS = {
  Controller: {
    Description: 'A Slurm cluster has one controller.',
    MinValue: 1,
    MaxValue: 1,
    ConstraintDescription: '1.',
  },
  Login: {
    Description: 'How many instances, at least one.',
    MinValue: 1,
    MaxValue: 6758,
    ConstraintDescription: 'A number from 1 to 6758, such as 2.',
  },
  Compute: {
    Description: 'How many instances.',
    MinValue: 0,
    MaxValue: 6758,
    ConstraintDescription: 'A number from 0 to 6758, such as 4.',
  },
} as const;
