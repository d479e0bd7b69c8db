import { functionOf, has, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { subParts } from '../../model/references.ts';
import { resource } from '../base/examples.ts';
import { given, resourceOf } from '../base/given.ts';
import { all, literal, properties, property, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { textWithVariables } from '../base/texts.ts';
import { differ, regionOf, zoneOf } from './zones.ts';

const CLUSTER = 'AWS::SageMaker::Cluster';
const GROUP = `${CLUSTER}/InstanceGroups.*`;
const GROUPS = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html';
const SCRIPTS = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterLifeCycleConfig.html';
const PLANS = 'https://docs.aws.amazon.com/sagemaker/latest/dg/reserve-capacity-with-training-plans.html';
const REFUSED = 'SageMaker refuses the cluster, most of an hour after the stack was started.';
const PLAN = 'TrainingPlanArn: arn:aws:sagemaker:us-west-2:111122223333:training-plan/name';

/** A cluster of one instance group; the lines before it are the cluster's. */
const cluster = (lines: readonly string[], ...before: readonly string[]): string =>
  resource(
    CLUSTER,
    ...before,
    ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1'],
    ...['    ExecutionRole: arn:aws:iam::111122223333:role/a', ...lines.map((line) => `    ${line}`)],
  );
const TYPE = 'InstanceType: ml.c5.large';
const scripts = (...lines: readonly string[]): string =>
  cluster([TYPE, 'LifeCycleConfig:', ...lines.map((line) => `  ${line}`)]);
const SUBNETS =
  '  One:\n    Type: AWS::EC2::Subnet\n    Properties: { VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-west-2a }\n' +
  '  Other:\n    Type: AWS::EC2::Subnet\n    Properties: { VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.1.0/24, AvailabilityZone: ZONE }\n';
const planned = (plan: string, zone: string, subnets: string): string =>
  cluster(
    ['InstanceType: ml.p5.48xlarge', plan],
    `VpcConfig: { SecurityGroupIds: [sg-0123456789abcdef0], Subnets: [${subnets}] }`,
  ) + SUBNETS.replace('ZONE', zone);

/** One more instance group. */
const MORE = [
  '  - InstanceGroupName: more # <-',
  '    InstanceCount: 1',
  `    ${TYPE}`,
  '    ExecutionRole: arn:aws:iam::111122223333:role/a',
]
  .map((line) => `      ${line}\n`)
  .join('');

/** Families without accelerators: training plans are for the others. */
const GENERAL = /^ml\.(?:c|m|r|t|i)\d/;

/** The first letters of the bucket that an address in S3 names; undefined where the template does not tell. */
function bucketStart(model: Model, uri: Json): { readonly text: string; readonly whole: boolean } | undefined {
  const [, start = '', variable] = /^s3:\/\/([^/$]*)(?:\$\{([\w.]+)\})?/.exec(textWithVariables(uri) ?? '') ?? [];
  if (start !== '') return { text: start, whole: variable === undefined };
  if (variable === undefined) return undefined;
  const bucket = resourceOf(model, { Ref: variable }, 'AWS::S3::Bucket');
  if (bucket === undefined) return startOf(given(model, { Ref: variable }) ?? null);
  const { BucketName } = propertiesOf(model, bucket);
  return BucketName === undefined ? { text: 'a made-up name', whole: true } : startOf(BucketName);
}

function startOf(name: Json): { readonly text: string; readonly whole: boolean } | undefined {
  const sub = isObject(name) ? subParts(name['Fn::Sub'] ?? '').text : undefined;
  const text = literal(name) ?? sub?.split('${', 1)[0];
  return text === undefined || text === '' ? undefined : { text, whole: sub === undefined };
}

function badSource(uri: Json, _: unknown, model: Model): false | string {
  const text = literal(uri);
  if (text !== undefined && !text.startsWith('s3://')) return `SourceS3Uri must start with s3://, not ${text}.`;
  const start = bucketStart(model, uri);
  if (!start) return false;
  const wanted = 'sagemaker-';
  const fits =
    start.whole || start.text.length >= wanted.length ? start.text.startsWith(wanted) : wanted.startsWith(start.text);
  return !fits && `The bucket of SourceS3Uri must have a name that starts with sagemaker-, not ${start.text}.`;
}

/** Instance groups of SageMaker HyperPod. */
export const HYPERPOD_GROUP_RULES: readonly Rule[] = [
  {
    code: 'PL3117',
    name: 'group-instance-type',
    message: 'An instance group needs InstanceType or InstanceRequirements, not both.',
    why: REFUSED,
    fix: 'Write InstanceType.',
    url: GROUPS,
    bad: [
      cluster([]).replace('- InstanceGroupName: workers', '- InstanceGroupName: workers # <-'),
      cluster([TYPE, 'InstanceRequirements: { InstanceTypes: [ml.c5.large] } # <-']),
    ],
    good: [cluster([TYPE]), cluster(['InstanceRequirements: { InstanceTypes: [ml.c5.large] }'])],
    check: properties(GROUP, ['InstanceType', 'InstanceRequirements'], ({ InstanceType, InstanceRequirements }) => {
      if (InstanceType === undefined && InstanceRequirements === undefined)
        return ['InstanceType', 'The instance group needs InstanceType.'];
      return InstanceType !== undefined && InstanceRequirements !== undefined
        ? ['InstanceRequirements', 'The instance group has both InstanceType and InstanceRequirements.']
        : undefined;
    }),
  },
  {
    code: 'PL3118',
    name: 'lifecycle-source',
    message: 'The lifecycle scripts are where the nodes cannot read them.',
    why: 'SageMaker reads scripts from buckets whose names start with sagemaker- only; the cluster fails after most of an hour.',
    fix: 'Keep the scripts under s3://sagemaker-….',
    url: SCRIPTS,
    bad: [
      scripts('SourceS3Uri: s3://scripts-of-mine/a # <-', 'OnCreate: on_create.sh'),
      scripts('SourceS3Uri: https://sagemaker-a.s3.amazonaws.com/a # <-', 'OnCreate: on_create.sh'),
      `${scripts('SourceS3Uri: !Sub s3://${Scripts}/a # <-', 'OnCreate: on_create.sh')}  Scripts: { Type: AWS::S3::Bucket }\n`,
      scripts('SourceS3Uri: s3://sagemaker-a/b', 'OnCreate: s3://sagemaker-a/b/on_create.sh # <-'),
    ],
    good: [
      scripts('SourceS3Uri: s3://sagemaker-a/b', 'OnCreate: on_create.sh'),
      `Parameters: { Name: { Type: String } }\n${scripts('SourceS3Uri: !Sub s3://${Name}/b', 'OnCreate: on_create.sh')}`,
    ],
    check: all(
      property(CLUSTER, 'InstanceGroups.*.LifeCycleConfig.SourceS3Uri', badSource),
      ...['OnCreate', 'OnInitComplete'].map((name) =>
        property(CLUSTER, `InstanceGroups.*.LifeCycleConfig.${name}`, (file) => {
          const text = literal(file) ?? '';
          return /^\/|:\/\//.test(text) && `${name} must be the name of a file under SourceS3Uri, not ${text}.`;
        }),
      ),
    ),
  },
  {
    code: 'PL3119',
    name: 'training-plan',
    message: 'A training plan does not fit the instance group.',
    why: 'The nodes are not made of the plan that was paid for, or not at all.',
    fix: 'Give the plan to a group of its own instance type, in one subnet of its own zone and region.',
    url: PLANS,
    bad: [
      cluster([TYPE, `${PLAN} # <-`]),
      planned(`${PLAN} # <-`, 'us-west-2b', '!Ref One, !Ref Other'),
      planned(`${PLAN.replace('us-west-2', 'us-east-1')} # <-`, 'us-west-2a', '!Ref One'),
    ],
    good: [planned(PLAN, 'us-west-2b', '!Ref One')],
    check: all(
      properties(GROUP, ['TrainingPlanArn', 'InstanceType'], ({ TrainingPlanArn, InstanceType }) => {
        const type = literal(InstanceType) ?? '';
        return TrainingPlanArn !== undefined && GENERAL.test(type)
          ? ['TrainingPlanArn', `Training plans are for instances with accelerators, not for ${type}.`]
          : undefined;
      }),
      resources(CLUSTER, function* (object, path, model, known): Generator<Hit> {
        for (const { value, path: at, beside } of valuesAt(object, 'InstanceGroups.*.TrainingPlanArn', path, known)) {
          if (value === undefined) continue;
          const own = has(beside, 'OverrideVpcConfig') ? 'OverrideVpcConfig' : 'VpcConfig';
          const subnets = valuesAt(own === 'VpcConfig' ? object : beside, `${own}.Subnets.*`, [], known);
          const zones = [...subnets].flatMap((one) => zoneOf(model, one.value) ?? []);
          const other = zones.find((one) => differ(zones[0]!, one));
          const region = /^arn:[\w-]+:sagemaker:([\w-]+):/.exec(literal(value) ?? '')?.[1];
          const zoneRegion = zones[0] && regionOf(zones[0]);
          if (other)
            yield {
              path: at,
              // What a launcher may give, or not, may be a plan of the right zone.
              ...(literal(value) === undefined && { severity: 'warning' as const }),
              message: `A training plan is in one zone, but ${zones[0]!.subnet} and ${other.subnet} are in two: the nodes may be put into the other.`,
            };
          else if (region !== undefined && zoneRegion !== undefined && region !== zoneRegion)
            yield { path: at, message: `The training plan is in ${region}, but the nodes are in ${zoneRegion}.` };
        }
      }),
    ),
  },
  {
    code: 'PL3120',
    name: 'orchestrator-settings',
    message: 'Settings of Slurm do not fit the orchestrator.',
    why: REFUSED,
    fix: 'Delete what the message names, or change Orchestrator.',
    url: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterOrchestratorSlurmConfig.html',
    bad: [
      cluster(
        [TYPE, 'SlurmConfig: { NodeType: Controller } # <-'],
        "Orchestrator: { Eks: { ClusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/a' } }",
      ),
      cluster(
        [TYPE],
        'Orchestrator:',
        '  Slurm:',
        "    AccountingDatabase: { Endpoint: a.example.com, SecretArn: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:a' } # <-",
      ),
      `${cluster([TYPE, 'SlurmConfig: { NodeType: Controller }'], 'Orchestrator: { Slurm: {} }')}${MORE}`,
    ],
    good: [cluster([TYPE, 'SlurmConfig: { NodeType: Controller }'], 'Orchestrator: { Slurm: {} }')],
    check: resources(CLUSTER, function* (object, path, _, known): Generator<Hit> {
      const orchestrator = objectAt(object, 'Orchestrator');
      const configs = [...valuesAt(object, 'InstanceGroups.*.SlurmConfig', path, known)];
      const isSlurm = configs.some(({ value }) => value !== undefined);
      for (const { value, path: at } of configs) {
        if (value !== undefined && has(orchestrator, 'Eks'))
          yield { path: at, message: 'A cluster of EKS cannot have SlurmConfig.' };
        if (value === undefined && isSlurm)
          yield {
            path: at,
            message: 'SlurmConfig is missing here, but another group has it.',
            part: 'key',
            hint: 'Add SlurmConfig.',
          };
      }
      const mode = object['NodeProvisioningMode'];
      for (const { value, path: at } of valuesAt(object, 'Orchestrator.Slurm.AccountingDatabase', path, known))
        if (value !== undefined && !functionOf(value) && mode === undefined)
          yield { path: at, message: 'AccountingDatabase needs NodeProvisioningMode: Continuous.' };
    }),
  },
];
