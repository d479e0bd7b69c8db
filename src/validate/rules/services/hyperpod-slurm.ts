import { isList } from '../../../document/intrinsics.ts';
import { resource } from '../base/examples.ts';
import { given } from '../base/given.ts';
import { type Found, literal, pair, properties, property, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { repeated } from '../base/unique.ts';

const CLUSTER = 'AWS::SageMaker::Cluster';
const GROUP = `${CLUSTER}/InstanceGroups.*`;
const NODE_TYPES = 'InstanceGroups.*.SlurmConfig.NodeType';
const SLURM = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterSlurmConfig.html';
const GROUPS = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html';
const SCALING = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html';
const REFUSED = 'SageMaker refuses the cluster, most of an hour after the stack was started.';

/** The lines of an instance group; the first is its type of node, as `Compute` or with more. */
const group = (name: string, slurm: string, ...lines: readonly string[]): readonly string[] =>
  [
    `  - InstanceGroupName: ${name}`,
    ...['InstanceType: ml.c5.large', 'ExecutionRole: arn:aws:iam::111122223333:role/a', `SlurmConfig: { ${slurm}`],
    ...(lines.some((line) => line.startsWith('InstanceCount')) ? lines : ['InstanceCount: 1', ...lines]),
  ].map((line, index) => (index === 0 ? line : `    ${line}`));
const cluster = (...groups: readonly (readonly string[])[]): string =>
  resource(CLUSTER, 'Orchestrator: { Slurm: {} }', 'InstanceGroups:', ...groups.flat());
const CONTROLLER = group('controller', 'NodeType: Controller }');
const WORKERS = group('workers', 'NodeType: Compute, PartitionNames: [gpu] }');

/** Looks at the types of nodes of each cluster's groups. */
function nodeTypes(look: (types: readonly Found[], path: Hit['path']) => Iterable<Hit>): Check {
  return resources(CLUSTER, function* (object, path, _, known) {
    const types = [...valuesAt(object, NODE_TYPES, path, known)];
    if (types.some(({ value }) => value !== undefined)) yield* look(types, path);
  });
}

/** Groups after the first that have a type of node of which there may be one. */
function second(type: string): Check {
  return (model) =>
    nodeTypes(function* (types) {
      const all = types.flatMap((one) => (literal(one.value) === type ? [{ ...one, key: type }] : []));
      for (const [{ path }] of repeated(all, model)) yield { path };
    })(model);
}

/** Slurm on SageMaker HyperPod. */
export const HYPERPOD_SLURM_RULES: readonly Rule[] = [
  {
    code: 'PL3074',
    name: 'controller-missing',
    message: 'A cluster with Slurm needs an instance group of type Controller.',
    why: REFUSED,
    fix: 'Add a group with NodeType: Controller and one instance.',
    url: SLURM,
    bad: [cluster(WORKERS).replace('InstanceGroups:', 'InstanceGroups: # <-')],
    good: [cluster(CONTROLLER, WORKERS)],
    check: nodeTypes(function* (types, path) {
      const isKnown = types.every(({ value }) => value !== undefined && literal(value) !== undefined);
      if (isKnown && !types.some(({ value }) => value === 'Controller'))
        yield { path: [...path, 'InstanceGroups'], part: 'key' };
    }),
  },
  {
    code: 'PL3075',
    name: 'controller-twice',
    message: 'A cluster with Slurm can only have one instance group of type Controller.',
    why: REFUSED,
    fix: 'Keep one.',
    url: SLURM,
    bad: [cluster(CONTROLLER, group('other', 'NodeType: Controller } # <-'))],
    good: [cluster(CONTROLLER, WORKERS)],
    check: second('Controller'),
  },
  {
    code: 'PL3076',
    name: 'login-twice',
    message: 'A cluster with Slurm can only have one instance group of type Login.',
    why: REFUSED,
    fix: 'Keep one, with as many instances as are needed.',
    url: SLURM,
    bad: [cluster(CONTROLLER, group('login', 'NodeType: Login }'), group('more', 'NodeType: Login } # <-'))],
    good: [cluster(CONTROLLER, group('login', 'NodeType: Login }'), WORKERS)],
    check: second('Login'),
  },
  {
    code: 'PL3077',
    name: 'controller-count',
    message: 'The instance group of type Controller must have one instance.',
    why: REFUSED,
    fix: 'Write InstanceCount: 1.',
    url: SLURM,
    bad: [cluster(group('controller', 'NodeType: Controller }', 'InstanceCount: 2 # <-'))],
    good: [cluster(CONTROLLER)],
    check: properties(GROUP, ['InstanceCount', 'SlurmConfig.NodeType'], (values, model) => {
      const count = values['SlurmConfig.NodeType'] === 'Controller' ? given(model, values.InstanceCount) : undefined;
      return count === undefined || Number(count) === 1
        ? undefined
        : ['InstanceCount', `InstanceCount of the group of type Controller must be 1, not ${count}.`];
    }),
  },
  {
    code: 'PL3078',
    name: 'partition',
    message: 'An instance group of type Compute needs PartitionNames; the others cannot have them.',
    why: REFUSED,
    fix: 'Name one partition of each group of type Compute.',
    url: SLURM,
    bad: [
      cluster(CONTROLLER, group('workers', 'NodeType: Compute } # <-')),
      cluster(group('controller', 'NodeType: Controller, PartitionNames: [gpu] } # <-')),
    ],
    good: [cluster(CONTROLLER, WORKERS)],
    check: properties(`${GROUP}.SlurmConfig`, ['NodeType', 'PartitionNames'], ({ NodeType, PartitionNames }) => {
      const type = literal(NodeType);
      if (type === undefined) return undefined;
      const isThere = PartitionNames !== undefined && !(isList(PartitionNames) && PartitionNames.length === 0);
      if (type === 'Compute')
        return isThere ? undefined : ['PartitionNames', 'A group of type Compute needs PartitionNames.'];
      return isThere ? ['PartitionNames', `A group of type ${type} cannot have PartitionNames.`] : undefined;
    }),
  },
  {
    code: 'PL3079',
    name: 'partition-dev',
    severity: 'warning',
    message: 'The partition dev is one that HyperPod makes by itself, of all nodes.',
    why: 'Jobs for this partition may start on any node of the cluster, the login node among them.',
    fix: 'Give the partition another name.',
    url: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html',
    bad: [cluster(CONTROLLER, group('workers', 'NodeType: Compute, PartitionNames: [dev] } # <-'))],
    good: [cluster(CONTROLLER, WORKERS)],
    check: property(CLUSTER, 'InstanceGroups.*.SlurmConfig.PartitionNames.*', (name) => name === 'dev'),
  },
  {
    code: 'PL3080',
    name: 'slurm-strategy',
    message: 'SlurmConfigStrategy cannot be set where NodeProvisioningMode is Continuous.',
    why: REFUSED,
    fix: 'Leave SlurmConfigStrategy out: the mode merges by itself.',
    url: SCALING,
    bad: [
      cluster(CONTROLLER).replace(
        'Orchestrator: { Slurm: {} }',
        'NodeProvisioningMode: Continuous\n      Orchestrator: { Slurm: { SlurmConfigStrategy: Managed } } # <-',
      ),
    ],
    good: [cluster(CONTROLLER).replace('{ Slurm: {} }', '{ Slurm: { SlurmConfigStrategy: Managed } }')],
    check: pair(
      CLUSTER,
      'Orchestrator.Slurm.SlurmConfigStrategy',
      'NodeProvisioningMode',
      (_, mode) => mode === 'Continuous',
    ),
  },
  {
    code: 'PL3081',
    name: 'minimum-count',
    message: 'MinInstanceCount must not be above InstanceCount.',
    why: REFUSED,
    fix: 'Write a smaller MinInstanceCount.',
    url: SCALING,
    bad: [cluster(group('controller', 'NodeType: Controller }', 'InstanceCount: 1', 'MinInstanceCount: 2 # <-'))],
    good: [cluster(group('controller', 'NodeType: Controller }', 'InstanceCount: 1', 'MinInstanceCount: 1'))],
    check: properties(GROUP, ['MinInstanceCount', 'InstanceCount'], ({ MinInstanceCount, InstanceCount }, model) => {
      const [least, count] = [given(model, MinInstanceCount), given(model, InstanceCount)].map((one) =>
        Number(one ?? Number.NaN),
      );
      return least! > count!
        ? ['MinInstanceCount', `MinInstanceCount is ${least}, above InstanceCount, ${count}.`]
        : undefined;
    }),
  },
  {
    code: 'PL3082',
    name: 'lifecycle-scripts',
    message: 'LifeCycleConfig needs one of OnCreate and OnInitComplete, and SourceS3Uri beside it.',
    why: REFUSED,
    fix: 'Keep one script, and say where it is.',
    url: GROUPS,
    bad: [
      cluster(
        group(
          'controller',
          'NodeType: Controller }',
          'LifeCycleConfig:',
          '  SourceS3Uri: s3://sagemaker-a/b',
          '  OnCreate: a.sh',
          '  OnInitComplete: b.sh # <-',
        ),
      ),
      cluster(group('controller', 'NodeType: Controller }', 'LifeCycleConfig: # <-', '  OnCreate: a.sh')),
      cluster(
        group('controller', 'NodeType: Controller }', 'LifeCycleConfig: # <-', '  SourceS3Uri: s3://sagemaker-a/b'),
      ),
    ],
    good: [
      cluster(
        group(
          'controller',
          'NodeType: Controller }',
          'LifeCycleConfig:',
          '  SourceS3Uri: s3://sagemaker-a/b',
          '  OnCreate: a.sh',
        ),
      ),
    ],
    check: properties(
      `${GROUP}.LifeCycleConfig`,
      ['OnCreate', 'OnInitComplete', 'SourceS3Uri'],
      ({ OnCreate, OnInitComplete, SourceS3Uri }) => {
        if (OnCreate !== undefined && OnInitComplete !== undefined)
          return ['OnInitComplete', 'LifeCycleConfig cannot have both OnCreate and OnInitComplete.'];
        if (OnCreate === undefined && OnInitComplete === undefined)
          return SourceS3Uri === undefined
            ? undefined
            : ['OnInitComplete', 'LifeCycleConfig needs OnCreate or OnInitComplete.'];
        return SourceS3Uri === undefined ? ['SourceS3Uri', 'LifeCycleConfig needs SourceS3Uri.'] : undefined;
      },
    ),
  },
];
