import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, has, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { objectAt } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { unknownKeys } from '../../model/shape.ts';
import { across, branches, literal } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

/** The keys of CreationPolicy, and of what they have. */
const CREATION: Readonly<Record<string, readonly string[]>> = {
  AutoScalingCreationPolicy: ['MinSuccessfulInstancesPercent'],
  ResourceSignal: ['Count', 'Timeout'],
  StartFleet: ['Type'],
};

/** The keys of UpdatePolicy, and of what they have. */
const UPDATE: Readonly<Record<string, readonly string[]>> = {
  AutoScalingReplacingUpdate: ['WillReplace'],
  AutoScalingRollingUpdate: [
    ...['MaxBatchSize', 'MinActiveInstancesPercent', 'MinInstancesInService', 'MinSuccessfulInstancesPercent'],
    ...['PauseTime', 'SuspendProcesses', 'WaitOnResourceSignals'],
  ],
  AutoScalingScheduledAction: ['IgnoreUnmodifiedGroupSizeProperties'],
  CodeDeployLambdaAliasUpdate: [
    'AfterAllowTrafficHook',
    'ApplicationName',
    'BeforeAllowTrafficHook',
    'DeploymentGroupName',
  ],
  EnableVersionUpgrade: [],
  UseOnlineResharding: [],
};

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** The types that have the policies. */
const TYPES_WITH: Readonly<Record<string, readonly string[]>> = {
  CreationPolicy: [
    ...['AWS::AppStream::Fleet', GROUP, 'AWS::CloudFormation::WaitCondition', 'AWS::EC2::Instance'],
    ...['AWS::CloudFormation::CustomResource'],
  ],
  UpdatePolicy: [
    ...['AWS::AppStream::Fleet', GROUP, 'AWS::ElastiCache::ReplicationGroup', 'AWS::Elasticsearch::Domain'],
    ...['AWS::Lambda::Alias', 'AWS::OpenSearchService::Domain'],
  ],
};

const DURATION = /^P(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;
const group = (policy: string): string =>
  `Resources:\n  Group:\n    Type: ${GROUP}\n    ${policy}\n    Properties: { MinSize: '1', MaxSize: '1', LaunchConfigurationName: a, AvailabilityZones: [us-west-2a] }\n`;

/** Looks at a policy of each resource: its keys, and durations in it. */
function policy(name: string, shapes: Readonly<Record<string, readonly string[]>>): Check {
  return across(function* ({ resources }) {
    for (const [id, resource] of Object.entries(resources))
      for (const { value, path } of branches(isObject(resource) ? resource[name] : undefined, ['Resources', id, name]))
        yield* faults(value, path, shapes);
  });
}

function* faults(
  value: Json | undefined,
  path: Path,
  shapes: Readonly<Record<string, readonly string[]>>,
): Generator<Hit> {
  if (!isObject(value) || functionOf(value)) return;
  yield* unknownKeys(value, path, Object.keys(shapes));
  for (const [key, keys] of Object.entries(shapes))
    for (const { value: inner, path: at } of branches(value[key], [...path, key])) {
      if (!isObject(inner) || functionOf(inner)) continue;
      yield* unknownKeys(inner, at, keys);
      for (const name of ['Timeout', 'PauseTime']) {
        const time = literal(inner[name]);
        if (time !== undefined && !DURATION.test(time))
          yield { message: `${name} must be a duration such as PT15M, not ${time}.`, path: [...at, name] };
      }
    }
}

/** CreationPolicy and UpdatePolicy. */
export const RESOURCE_POLICY_RULES: readonly Rule[] = [
  {
    code: 'E3055',
    name: 'creation-policy',
    message: 'A CreationPolicy has a key that CloudFormation does not know, or a wrong duration.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key; a duration is written PT15M.',
    url: guide('aws-attribute-creationpolicy'),
    bad: [
      group('CreationPolicy: { ResourceSignl: { Count: 1 } } # <-'),
      group('CreationPolicy: { ResourceSignal: { Timeout: 5m } } # <-'),
    ],
    good: [group('CreationPolicy: { ResourceSignal: { Count: 1, Timeout: PT5M } }')],
    check: policy('CreationPolicy', CREATION),
  },
  {
    code: 'E3016',
    name: 'update-policy',
    message: 'An UpdatePolicy has a key that CloudFormation does not know, or a wrong duration.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key; a duration is written PT15M.',
    url: guide('aws-attribute-updatepolicy'),
    bad: [
      group('UpdatePolicy: { AutoScalingRollingUpdat: {} } # <-'),
      group('UpdatePolicy: { AutoScalingRollingUpdate: { PauseTime: 5 } } # <-'),
    ],
    good: [group('UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 0, PauseTime: PT5M } }')],
    check: policy('UpdatePolicy', UPDATE),
  },
  {
    code: 'PL3180',
    name: 'policy-of-other-type',
    severity: 'warning',
    message: 'A resource of this type has no such policy.',
    why: 'CloudFormation does not wait, or updates as it always does.',
    fix: 'Delete it, or move it to the resource that it is meant for.',
    url: guide('aws-attribute-updatepolicy'),
    bad: [
      'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    CreationPolicy: { ResourceSignal: { Count: 1 } } # <-\n',
      'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } } # <-\n',
    ],
    good: [group('CreationPolicy: { ResourceSignal: { Count: 1 } }')],
    check: across(function* ({ resources }) {
      for (const [id, resource] of Object.entries(resources))
        for (const [name, types] of Object.entries(TYPES_WITH)) {
          const type = isObject(resource) && has(resource, name) ? literal(resource['Type']) : undefined;
          if (type?.startsWith('AWS::') && !types.includes(type))
            yield { path: ['Resources', id, name], part: 'key', message: `A resource of type ${type} has no ${name}.` };
        }
    }),
  },
  {
    code: 'PL3181',
    name: 'instances-in-service',
    message: 'A rolling update keeps as many instances in service as the group has at most.',
    why: 'No instance could be replaced: CloudFormation refuses the update.',
    fix: 'Write MinInstancesInService below MaxSize.',
    url: guide('aws-attribute-updatepolicy'),
    bad: [group('UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 1 } } # <-')],
    good: [group('UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 0 } }')],
    check: across(function* (model) {
      for (const { id, properties } of ofType(model, GROUP)) {
        const most = Number(literal(properties['MaxSize']));
        const { AutoScalingRollingUpdate: rolling } = objectAt(model.resources[id], 'UpdatePolicy');
        const least = isObject(rolling) ? Number(literal(rolling['MinInstancesInService'])) : Number.NaN;
        if (least > 0 && least >= most)
          yield {
            path: ['Resources', id, 'UpdatePolicy', 'AutoScalingRollingUpdate', 'MinInstancesInService'],
            message: `MinInstancesInService is ${least}, not below MaxSize, ${most}.`,
          };
      }
    }),
  },
];
