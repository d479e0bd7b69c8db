import { knownInstanceTypes } from '../../aws/instance-types.ts';
import type { Path } from '../../diagnostics/diagnostic.ts';
import { isList, isObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import { type Model, objectAt } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';
import { resource } from './examples.ts';
import { branches, type Hit, type Rule, resources } from './rule.ts';

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
    check: resources('AWS::SageMaker::Cluster', function* ({ InstanceGroups: groups }, path, template) {
      const types = new Set(knownInstanceTypes());
      for (const [index, group] of (isList(groups) ? groups : []).entries()) {
        const type = isObject(group) ? group['InstanceType'] : undefined;
        if (type === undefined) continue;
        for (const [value, at] of branches(type, [...path, 'InstanceGroups', index, 'InstanceType']))
          yield* unknown(literal(template, value, at), types);
      }
    }),
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
    check: resources('AWS::SageMaker::Cluster', function* ({ InstanceGroups: groups }, path) {
      const names = new Set<Json>();
      for (const [index, group] of (isList(groups) ? groups : []).entries()) {
        const name = isObject(group) ? group['InstanceGroupName'] : undefined;
        if (typeof name !== 'string') continue;
        const message = `Two instance groups have the name ${name}.`;
        if (names.has(name)) yield { path: [...path, 'InstanceGroups', index, 'InstanceGroupName'], message };
        names.add(name);
      }
    }),
  },
];

function* unknown([type, path]: readonly [Json, Path], types: ReadonlySet<string>): Generator<Hit> {
  if (typeof type !== 'string' || !type.startsWith('ml.') || type.includes('{{') || types.has(type)) return;
  const message = `${type} is not an instance type of HyperPod that podlaunch knows.`;
  yield { path, message, hint: didYouMean(type, types) };
}

/** A value, or the default of the parameter that it refers to, with its place. */
function literal({ parameters }: Model, value: Json, path: Path): readonly [Json, Path] {
  const name = isObject(value) ? value['Ref'] : undefined;
  if (typeof name !== 'string') return [value, path];
  return [objectAt(parameters, name)['Default'] ?? null, ['Parameters', name, 'Default']];
}
