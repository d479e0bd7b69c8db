import { equals, not, when } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import type { ClusterInstanceStorageConfig, DeepHealthCheckType } from '../../aws/generated/sagemaker-cluster.ts';
import { identifies, noValue } from '../../aws/intrinsics.ts';
import { INSTANCE_TYPE, TRAINING_PLAN_ARN } from '../../aws/patterns.ts';
import type { Id, Value } from '../../aws/value.ts';
import type { GroupDemand, GroupProperties, NodeType } from '../base/handed.ts';

/** What podlaunch.yaml says of an instance group: what is compiled in, and the defaults of what its launcher may choose. */
export interface GroupSettings {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  /** GiB of an extra EBS volume, 0 for none. */
  readonly disk: number;
  readonly minimumCount?: number;
  readonly capacity?: 'OnDemand' | 'Spot';
  readonly trainingPlan?: string;
  readonly threadsPerCore?: number;
  readonly deepHealthChecks?: readonly DeepHealthCheckType[];
  readonly subnets?: readonly string[];
  readonly diskKey?: string;
  readonly imageId?: string;
  readonly updateSchedule?: string;
  readonly patching?: 'WhenIdle' | 'WhenAllIdle';
}

/** An instance group with what it is in Slurm, and the beginning of its parameters' names. */
export interface ClusterGroup extends GroupSettings {
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
  /** Subnets that it is in, instead of the cluster's. */
  readonly subnets?: readonly Id<'AWS::EC2::Subnet.Id'>[];
  readonly asks?: Partial<GroupDemand>;
}

/**
 * What may be chosen for each instance group, by podlaunch.yaml or by the launcher, in the order of the form. An entry may
 * ask (its parameters' names begin with the group's prefix), and says what it adds to the group of AWS::SageMaker::Cluster;
 * it and its key in podlaunch.schema.json are all that a choice costs.
 */
export const GROUP_CHOICES: readonly ((form: Form, group: ClusterGroup) => Addition)[] = [
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

  (form, { prefix, disk, diskKey }) => {
    const size = form.number(`${prefix}Disk`, {
      label: 'Extra disk (GiB)',
      Description: 'An EBS volume for each instance, mounted at /opt/sagemaker. 0: none.',
      Default: disk,
      MinValue: 0,
      MaxValue: 16384,
      ConstraintDescription: 'A number from 0 to 16384, such as 500.',
    });
    const wanted = form.condition(`${prefix}HasDisk`, not(equals(size, 0)));
    const key = diskKey === undefined ? {} : { VolumeKmsKeyId: diskKey };
    return {
      storage: [when(wanted, { EbsVolumeConfig: { VolumeSizeInGB: size, ...key } }, noValue)],
      asks: { disk: size },
    };
  },

  // HyperPod takes no size for the root disk.
  (_, { diskKey }) =>
    diskKey === undefined ? {} : { storage: [{ EbsVolumeConfig: { RootVolume: true, VolumeKmsKeyId: diskKey } }] },

  // A plan belongs to the launcher's account. Only workers are asked for one: it costs the others a field for nothing.
  (form, { prefix, nodeType, trainingPlan }) => {
    if (nodeType !== 'Compute') {
      return { ...given(trainingPlan, (TrainingPlanArn) => ({ TrainingPlanArn })), asks: { plan: trainingPlan ?? '' } };
    }
    const plan = form.optional(`${prefix}TrainingPlanArn`, {
      label: 'Training plan',
      Description:
        "ARN of a training plan whose reserved instances the group takes. The cluster's subnet must be in the plan's availability zone.",
      given: `${prefix}HasTrainingPlan`,
      Default: trainingPlan ?? '',
      ...TRAINING_PLAN_ARN,
    });
    return { properties: { TrainingPlanArn: when(plan.given, plan.value, noValue) }, asks: { plan: plan.value } };
  },

  // The group would wait for ever for more than it has.
  (form, { prefix, minimumCount }) => {
    if (minimumCount === undefined) return {};
    const least = form.number(`${prefix}MinimumCount`, {
      label: 'Fewest instances',
      Description: 'How many must be there before the group is in service; not more than its instances.',
      Default: minimumCount,
      MinValue: 0,
      MaxValue: 6758,
      ConstraintDescription: 'A number from 0 to 6758, such as 4.',
    });
    return { properties: { MinInstanceCount: least } };
  },

  (_, { capacity }) => ({
    ...given(capacity, (kind) => ({ CapacityRequirements: { [kind]: {} } })),
    asks: { capacity: capacity ?? 'OnDemand' },
  }),

  (_, { threadsPerCore }) => given(threadsPerCore, (ThreadsPerCore) => ({ ThreadsPerCore })),

  (_, { deepHealthChecks }) => given(deepHealthChecks, (OnStartDeepHealthChecks) => ({ OnStartDeepHealthChecks })),

  (_, { subnets = [] }) => ({ subnets: subnets.map((id) => identifies<Id<'AWS::EC2::Subnet.Id'>>(id)) }),

  (_, { imageId }) => given(imageId, (id) => ({ ImageId: identifies<Id<'AWS::EC2::Image.Id'>>(id) })),

  (_, { updateSchedule }) =>
    given(updateSchedule, (ScheduleExpression) => ({ ScheduledUpdateConfig: { ScheduleExpression } })),

  (_, { patching }) => given(patching, (PatchingStrategy) => ({ AutoPatchConfig: { PatchingStrategy } })),
];

/** What podlaunch.yaml says of a group, compiled in; nothing where it does not say. */
function given<T>(value: T | undefined, properties: (value: T) => Partial<GroupProperties>): Addition {
  return value === undefined ? {} : { properties: properties(value) };
}

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
