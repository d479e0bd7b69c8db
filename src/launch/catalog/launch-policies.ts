import { why } from '../../aws/comments.ts';
import { partition, region } from '../../aws/intrinsics.ts';
import type { Statement } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import { allowedActions } from './allowed-actions.ts';
import { bounds, iamArn, isOnAnything, ONLY_TAGGED, ownArn, SERVICE_LINKED, STACKS } from './bounds.ts';
import type { TemplateNeeds } from './template-needs.ts';

/** A policy of the launch role: what it is about, and its statements. */
export interface LaunchPolicy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** IAM's and Route 53's requests have no region that a condition could name. */
const GLOBAL = ['iam', 'route53'];

const HERE = { 'aws:RequestedRegion': region };

/**
 * What Service Catalog's launch role may do: what CloudFormation's handlers of the templates' types call, each on no more
 * than names, tags, region and conditions of IAM allow to say. In several policies, because IAM takes 6,144 characters a policy.
 * @param project whose tag what is deleted must have
 * @throws Refusal PL5021
 */
export function launchPolicies(needs: TemplateNeeds, project: string): readonly LaunchPolicy[] {
  const actions = allowedActions(needs.types).filter((action) => !isWithConditions(action));
  const own = bounds(needs);
  const tagged = actions.filter((action) => ONLY_TAGGED[action]);
  const bounded = actions.filter(
    (action) => own[serviceOf(action)] && !isOnAnything(action) && !tagged.includes(action),
  );
  const others = actions.filter((action) => !bounded.includes(action) && !tagged.includes(action));
  return [
    { name: 'Stacks', statements: [...stackStatements(), ...roleStatements(needs), ...imageStatements(needs)] },
    { name: 'Named', statements: byService(bounded, own) },
    {
      name: 'Network',
      statements: [...anything(others.filter((action) => !isOnAnything(action))), onlyTagged(tagged, project)],
    },
    { name: 'Reading', statements: anything(others.filter(isOnAnything)) },
  ];
}

/** What Service Catalog does itself: https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html */
function stackStatements(): readonly Statement[] {
  return [
    {
      Sid: 'Stacks',
      Effect: 'Allow',
      Action: [
        'CreateStack',
        'DeleteStack',
        'DescribeStackEvents',
        'DescribeStacks',
        'SetStackPolicy',
        'UpdateStack',
      ].map((action) => `cloudformation:${action}`),
      Resource: ownArn('cloudformation', `stack/${STACKS}`),
    },
    why('Neither is on a stack.', {
      Sid: 'Templates',
      Effect: 'Allow',
      Action: ['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate'],
      Resource: '*',
      Condition: { StringEquals: HERE },
    }),
    why("The template's copy is in a bucket of Service Catalog, in its account.", {
      Sid: 'CopyOfTheTemplate',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
    }),
    {
      Sid: 'CustomResources',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: ownArn('lambda', `function:${STACKS}`),
    },
  ];
}

function roleStatements({ services }: TemplateNeeds): readonly Statement[] {
  return [
    {
      Sid: 'PassRoles',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: iamArn(`role/${STACKS}`),
      Condition: { StringEquals: { 'iam:PassedToService': services } },
    },
    {
      Sid: 'ServiceLinkedRoles',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: iamArn('role/aws-service-role/*'),
      Condition: { StringEquals: { 'iam:AWSServiceName': SERVICE_LINKED } },
    },
  ];
}

/** CloudFormation asks as the role for what a dynamic reference is. A public parameter has no account. */
function imageStatements({ images }: TemplateNeeds): readonly Statement[] {
  if (images.length === 0) return [];
  return [
    {
      Sid: 'Images',
      Effect: 'Allow',
      Action: ['ssm:GetParameter', 'ssm:GetParameters'],
      Resource: images.map((name) => sub`arn:${partition}:ssm:${region}::parameter${name}`),
    },
  ];
}

/** What has a statement of its own, with a condition. */
function isWithConditions(action: string): boolean {
  return action === 'iam:PassRole' || action === 'iam:CreateServiceLinkedRole';
}

function byService(actions: readonly string[], own: ReturnType<typeof bounds>): readonly Statement[] {
  const services = [...new Set(actions.map(serviceOf))];
  return services.map((service) => ({
    Effect: 'Allow',
    Action: actions.filter((action) => serviceOf(action) === service),
    Resource: own[service]!,
  }));
}

function anything(actions: readonly string[]): readonly Statement[] {
  const regional = actions.filter((action) => !GLOBAL.includes(serviceOf(action)));
  const global = actions.filter((action) => GLOBAL.includes(serviceOf(action)));
  const allow = (Action: readonly string[]) => ({ Effect: 'Allow' as const, Action, Resource: '*' });
  return [
    ...(regional.length > 0
      ? [why('No name of theirs tells of a stack.', { ...allow(regional), Condition: { StringEquals: HERE } })]
      : []),
    ...(global.length > 0 ? [why('Neither a region nor a name tells of a stack.', allow(global))] : []),
  ];
}

function onlyTagged(actions: readonly string[], project: string): Statement {
  const tag = { 'aws:ResourceTag/podlaunch:project': project };
  return why('Nothing goes but what podlaunch has tagged.', {
    Sid: 'OnlyOfTheProject',
    Effect: 'Allow',
    Action: actions,
    Resource: '*',
    Condition: { StringEquals: { ...HERE, ...tag } },
  });
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}
