import { knownInstanceTypes } from '../../../aws/instance-types.ts';
import { isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { objectAt } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { all, literal, property, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { repeated } from '../base/unique.ts';

const cluster = (type: string): string =>
  resource(
    'AWS::SageMaker::Cluster',
    ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1', `    InstanceType: ${type}`],
    ...['    ExecutionRole: arn:aws:iam::111122223333:role/a', '    LifeCycleConfig:'],
    ...['      SourceS3Uri: s3://sagemaker-a/b', '      OnCreate: on_create.sh'],
  );

const twoGroups = (name: string): string =>
  `${cluster('ml.c5.large')}${cluster('ml.c5.large').split('InstanceGroups:\n')[1]}`.replace(
    /workers(?![\s\S]*workers)/,
    name,
  );

const CLUSTER = 'AWS::SageMaker::Cluster';

/** SageMaker HyperPod. */
export const HYPERPOD_RULES: readonly Rule[] = [
  {
    code: 'PL3050',
    name: 'instance-type',
    severity: 'warning',
    message: 'The instance type is not one of HyperPod that podlaunch knows.',
    why: 'A misspelt type is refused only when the directory is ready and the cluster is created, most of an hour later.',
    fix: 'Correct the name. If AWS has it, go on: podlaunch may be older than the type.',
    url: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html',
    bad: [
      cluster('ml.p9.48xlarge # <-'),
      `Parameters:\n  Type: { Type: String, Default: ml.c5.lrge } # <-\n${cluster('!Ref Type')}`,
    ],
    good: [cluster('ml.p5.48xlarge'), `Parameters:\n  Type: { Type: String }\n${cluster('!Ref Type')}`],
    check: all(
      property(CLUSTER, 'InstanceGroups.*.InstanceType', unknownType),
      resources(CLUSTER, function* (properties, path, model, known) {
        for (const { value } of valuesAt(properties, 'InstanceGroups.*.InstanceType', path, known)) {
          const name = isObject(value) ? value['Ref'] : undefined;
          const { Default } = typeof name === 'string' ? objectAt(model.parameters, name) : {};
          const bad = Default !== undefined && unknownType(Default);
          if (bad) yield { ...bad, path: ['Parameters', String(name), 'Default'] };
        }
      }),
    ),
  },
  {
    code: 'PL3052',
    name: 'group-name-twice',
    message: 'Two instance groups of a cluster have the same name.',
    why: 'SageMaker refuses the cluster.',
    fix: 'Rename one.',
    url: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html',
    bad: [twoGroups('workers # <-')],
    good: [twoGroups('more-workers')],
    check: resources(CLUSTER, function* (properties, path, model, known) {
      const groups = [...valuesAt(properties, 'InstanceGroups.*.InstanceGroupName', path, known)];
      const named = groups.flatMap((one) =>
        literal(one.value) === undefined ? [] : [{ ...one, key: String(one.value) }],
      );
      for (const [{ key, path: at }] of repeated(named, model))
        yield { path: at, message: `Two instance groups have the name ${key}.` };
    }),
  },
];

const known = new Set<string>();

/** What is said of a type that is not one of HyperPod. */
function unknownType(value: Json): false | Omit<Hit, 'path'> {
  const type = literal(value);
  if (type === undefined || !type.startsWith('ml.')) return false;
  if (known.size === 0) for (const one of knownInstanceTypes()) known.add(one);
  if (known.has(type)) return false;
  return {
    message: `${type} is not an instance type of HyperPod that podlaunch knows.`,
    hint: didYouMean(type, known),
  };
}
