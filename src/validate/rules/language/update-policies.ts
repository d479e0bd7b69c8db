import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, has, isObject } from '../../../document/intrinsics.ts';
import { isKind, type Kind, kindOf } from '../../../document/kind.ts';
import type { Json } from '../../../document/template-document.ts';
import { objectAt } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { unknownKeys, wrongKind } from '../../model/shape.ts';
import { across, branches, literal } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

/** What a policy may be: a value of a kind, a duration, or a mapping with these keys. */
type Form = Kind | 'duration' | { readonly [key: string]: Form };

/** The keys of a policy, by the types that have one. */
type Policies = Readonly<Record<string, { readonly [key: string]: Form }>>;

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const FLEET = 'AWS::AppStream::Fleet';
const SIGNAL: Form = { Count: 'number', Timeout: 'duration' };
const SWITCH: Form = { Type: 'boolean' };
const UPGRADE: { readonly [key: string]: Form } = { EnableVersionUpgrade: 'boolean' };

const CREATION: Policies = {
  [FLEET]: { StartFleet: SWITCH },
  [GROUP]: { AutoScalingCreationPolicy: { MinSuccessfulInstancesPercent: 'number' }, ResourceSignal: SIGNAL },
  'AWS::CloudFormation::CustomResource': { ResourceSignal: SIGNAL },
  'AWS::CloudFormation::WaitCondition': { ResourceSignal: SIGNAL },
  'AWS::EC2::Instance': { ResourceSignal: SIGNAL },
};

const UPDATE: Policies = {
  [FLEET]: { StartAfterUpdate: SWITCH, StopBeforeUpdate: SWITCH },
  [GROUP]: {
    AutoScalingInstanceRefresh: { Preferences: 'mapping', Strategy: 'text' },
    AutoScalingReplacingUpdate: { WillReplace: 'boolean' },
    AutoScalingRollingUpdate: {
      MaxBatchSize: 'number',
      MinActiveInstancesPercent: 'number',
      MinInstancesInService: 'number',
      MinSuccessfulInstancesPercent: 'number',
      PauseTime: 'duration',
      SuspendProcesses: 'list',
      WaitOnResourceSignals: 'boolean',
    },
    AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: 'boolean' },
  },
  'AWS::ElastiCache::ReplicationGroup': { UseOnlineResharding: 'boolean' },
  'AWS::Elasticsearch::Domain': UPGRADE,
  'AWS::Lambda::Alias': {
    CodeDeployLambdaAliasUpdate: {
      AfterAllowTrafficHook: 'text',
      ApplicationName: 'text',
      BeforeAllowTrafficHook: 'text',
      DeploymentGroupName: 'text',
    },
  },
  'AWS::OpenSearchService::Domain': UPGRADE,
};

const DURATION = /^P(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;
const group = (policy: string): string =>
  `Resources:\n  Group:\n    Type: ${GROUP}\n    ${policy}\n    Properties: { MinSize: '1', MaxSize: '1', LaunchConfigurationName: a, AvailabilityZones: [us-west-2a] }\n`;
const gateway = (policy: string): string =>
  `Resources:\n  Gateway:\n    Type: AWS::EC2::InternetGateway\n    ${policy}\n`;

/** Looks at a policy of each resource: whether its type has one, its keys, and what they are given. */
function policy(name: string, policies: Policies): Check {
  return across(function* ({ resources }) {
    for (const [id, resource] of Object.entries(resources)) {
      if (!isObject(resource) || !has(resource, name)) continue;
      const { Type: type, [name]: written } = resource;
      const form = typeof type === 'string' && has(policies, type) ? policies[type] : undefined;
      const path = ['Resources', id, name];
      if (form) yield* faults(written, path, form);
      else if (typeof type === 'string' && /^AWS::(?!Serverless::)/.test(type) && isObject(written))
        yield { message: `${type} cannot have ${name}.`, path, part: 'key', hint: `Delete ${name}.` };
    }
  });
}

function* faults(written: Json | undefined, path: Path, form: Form): Generator<Hit> {
  for (const { value, path: at } of branches(written, path)) {
    if (value === undefined || functionOf(value)) continue;
    if (typeof form === 'object') {
      if (isObject(value)) {
        yield* unknownKeys(value, at, Object.keys(form));
        for (const [key, inner] of Object.entries(form)) yield* faults(value[key], [...at, key], inner);
      } else if (at.length > 3) yield wrongKind(value, at, 'mapping');
    } else if (form !== 'duration') {
      if (!isKind(value, form)) yield wrongKind(value, at, form);
    } else if (!DURATION.test(literal(value) ?? ''))
      yield {
        message: `${at.at(-1)} must be a duration such as PT15M, not ${literal(value) ?? kindOf(value)}.`,
        path: at,
      };
  }
}

/** CreationPolicy and UpdatePolicy. */
export const RESOURCE_POLICY_RULES: readonly Rule[] = [
  {
    code: 'E3055',
    name: 'creation-policy',
    message: 'A CreationPolicy is of a type that has none, or has a key or value that CloudFormation does not take.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key or the value, a duration is written PT15M; delete the policy of a type that has none.',
    url: guide('aws-attribute-creationpolicy'),
    bad: [
      group('CreationPolicy: { ResourceSignl: { Count: 1 } } # <-'),
      group('CreationPolicy: { ResourceSignal: { Timeout: 5m } } # <-'),
      group('CreationPolicy: { ResourceSignal: { Count: x } } # <-'),
      gateway('CreationPolicy: { ResourceSignal: { Count: 1 } } # <-'),
    ],
    good: [group('CreationPolicy: { ResourceSignal: { Count: 1, Timeout: PT5M } }')],
    check: policy('CreationPolicy', CREATION),
  },
  {
    code: 'E3016',
    name: 'update-policy',
    message: 'An UpdatePolicy is of a type that has none, or has a key or value that CloudFormation does not take.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key or the value, a duration is written PT15M; delete the policy of a type that has none.',
    url: guide('aws-attribute-updatepolicy'),
    bad: [
      group('UpdatePolicy: { AutoScalingRollingUpdat: {} } # <-'),
      group('UpdatePolicy: { AutoScalingRollingUpdate: { PauseTime: 5 } } # <-'),
      group('UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: many } } # <-'),
      group('UpdatePolicy: { AutoScalingRollingUpdate: 1 } # <-'),
      group('UpdatePolicy: { UseOnlineResharding: true } # <-'),
      gateway('UpdatePolicy: { EnableVersionUpgrade: true } # <-'),
    ],
    good: [
      group('UpdatePolicy: { AutoScalingInstanceRefresh: { Strategy: Rolling } }'),
      group('UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 0, PauseTime: PT5M } }'),
    ],
    check: policy('UpdatePolicy', UPDATE),
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
