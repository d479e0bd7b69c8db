import type { Path } from '../../../diagnostics/diagnostic.ts';
import type { Model } from '../../model/model.ts';
import { objectAt } from '../../model/model.ts';
import { propertiesPath } from '../../model/resource.ts';
import { several } from '../base/examples.ts';
import { resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { allows, permissionsOf, roleOf, trustedServices } from './role-permissions.ts';

const CLUSTER = 'AWS::SageMaker::Cluster';
const PAGE = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html';
const LATE = 'The nodes fail, and with them the cluster, most of an hour after the stack was started.';
const MANAGED = 'AmazonSageMakerClusterInstanceRolePolicy';

/** What the role needs where the cluster is in a VPC of one's own. */
const IN_VPC = [
  ...['ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface'],
  ...['ec2:DeleteNetworkInterfacePermission', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs'],
  ...['ec2:DescribeDhcpOptions', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'ec2:DetachNetworkInterface'],
];

/** What the managed policy has of which every node needs something. */
const ON_NODES = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  's3:GetObject',
  's3:ListBucket',
  'ssmmessages:OpenDataChannel',
];

/** Managed policies of AWS that may allow network interfaces; what others allow is known too little to be sure. */
const WIDE = /Admin|PowerUser|EC2|VPC|Network|SageMaker(?!ClusterInstanceRole)/;

const POLICY = (actions: readonly string[]): string =>
  `Policies: [{ PolicyName: a, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [${actions.join(', ')}], Resource: '*' }] } }]`;
const template = (service: string, ...lines: readonly string[]): string =>
  several({
    Nodes: [
      'AWS::IAM::Role',
      ...lines,
      `AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: sts:AssumeRole }] }`,
    ],
    Cluster: [
      CLUSTER,
      'VpcConfig: { Subnets: [subnet-0123456789abcdef0], SecurityGroupIds: [sg-0123456789abcdef0] }',
      ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1', '    InstanceType: ml.c5.large'],
      '    ExecutionRole: !GetAtt Nodes.Arn # <-',
    ],
  });
const MANAGED_LINE = `ManagedPolicyArns: [arn:aws:iam::aws:policy/${MANAGED}]`;
const right = template('sagemaker.amazonaws.com', MANAGED_LINE, POLICY(IN_VPC)).replaceAll(' # <-', '');

/** Looks at the roles of the template that instance groups have, each once. */
function roles(look: (model: Model, role: string, path: Path, inVpc: boolean) => Iterable<Hit>): Check {
  return resources(CLUSTER, function* (object, path, model, known) {
    const seen = new Set<string>();
    for (const { value, path: at } of valuesAt(object, 'InstanceGroups.*.ExecutionRole', path, known)) {
      const role = roleOf(model, value);
      if (role === undefined || seen.has(role)) continue;
      seen.add(role);
      for (const hit of look(model, role, at, 'VpcConfig' in object))
        yield {
          ...hit,
          related: [{ message: 'The role', path: propertiesPath(role, objectAt(model.resources, role)) }],
        };
    }
  });
}

/** The role of a cluster's nodes. */
export const HYPERPOD_ROLE_RULES: readonly Rule[] = [
  {
    code: 'PL3122',
    name: 'cluster-role-trust',
    message: 'SageMaker may not take on the role of an instance group.',
    why: LATE,
    fix: 'Let sagemaker.amazonaws.com take it on, in AssumeRolePolicyDocument.',
    url: PAGE,
    bad: [template('ec2.amazonaws.com', MANAGED_LINE, POLICY(IN_VPC))],
    good: [right],
    check: roles(function* (model, role, path) {
      const services = trustedServices(model, role);
      if (services && !services.includes('sagemaker.amazonaws.com'))
        yield { path, message: `${role} does not let sagemaker.amazonaws.com take it on.` };
    }),
  },
  {
    code: 'PL3123',
    name: 'cluster-role-permissions',
    message: 'The role of an instance group lacks permissions that the nodes need.',
    why: LATE,
    fix: `Attach ${MANAGED}, and where the cluster is in a VPC a policy with the actions on network interfaces.`,
    url: PAGE,
    bad: [
      template('sagemaker.amazonaws.com', MANAGED_LINE),
      template('sagemaker.amazonaws.com', MANAGED_LINE, POLICY(IN_VPC.slice(1))),
      template('sagemaker.amazonaws.com', POLICY(IN_VPC)),
    ],
    good: [right],
    check: roles(function* (model, role, path, inVpc) {
      const permissions = permissionsOf(model).get(role);
      if (!permissions?.closed || permissions.managed.some((name) => WIDE.test(name))) return;
      const needed = [...(inVpc ? IN_VPC : []), ...(permissions.managed.includes(MANAGED) ? [] : ON_NODES)];
      const missing = needed.filter((action) => !allows(permissions, action));
      const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
      if (missing.length > 0)
        yield { path, message: `${role} does not allow ${missing.slice(0, 3).join(', ')}${more}.` };
    }),
  },
];
