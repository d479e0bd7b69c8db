import { has, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import { resource, several } from '../base/examples.ts';
import { literal } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { plainTexts } from '../base/texts.ts';
import { policyDocuments } from './policy-documents.ts';
import { statementsOf } from './policy-statements.ts';

const PRACTICES = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege';
const DEPUTY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html';

const identity = (action: string, to: string, ...more: readonly string[]): string =>
  resource(
    'AWS::IAM::ManagedPolicy',
    ...['PolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Allow', `      Action: ${action}`],
    ...[`      Resource: ${to}`, ...more],
  );
const SOURCE = 'Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } }';
const trust = (service: string, ...more: readonly string[]): string =>
  resource(
    'AWS::IAM::Role',
    ...['AssumeRolePolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Allow'],
    ...[`      Principal: { Service: ${service} }`, '      Action: sts:AssumeRole', ...more],
  );
const topic = (...more: readonly string[]): string =>
  several({
    Topic: ['AWS::SNS::Topic'],
    Policy: [
      'AWS::SNS::TopicPolicy',
      ...['Topics: [!Ref Topic]', 'PolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Allow'],
      ...[`      Principal: { Service: cloudwatch.amazonaws.com }${more.length === 0 ? ' # <-' : ''}`],
      ...['      Action: sns:Publish', '      Resource: !Ref Topic', ...more],
    ],
  });

/** Actions that read secrets or data, run code, or hand on rights: with every resource they are as much as all rights. */
const POWERFUL: ReadonlySet<string> = new Set(
  (
    'dynamodb:GetItem dynamodb:DeleteItem ds:ResetUserPassword iam:AttachRolePolicy iam:CreateAccessKey iam:PassRole ' +
    'iam:PutRolePolicy iam:UpdateAssumeRolePolicy kms:Decrypt lambda:InvokeFunction lambda:UpdateFunctionCode ' +
    's3:DeleteObject s3:GetObject s3:PutObject secretsmanager:GetSecretValue secretsmanager:PutSecretValue ' +
    'ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:SendCommand ssm:StartSession sts:AssumeRole'
  )
    .toLowerCase()
    .split(' '),
);

/**
 * Services that send the account and the resource for which they take a role on, by their documentation. SageMaker's does
 * not say it of clusters, and EC2 and Lambda take on the roles of their own account alone.
 */
const SEND_SOURCE = /^(?:bedrock|pipes|scheduler|states|vpc-flow-logs)\.amazonaws\.com$/;

/** What AWS's own examples let in without a condition: the logs of load balancers. */
const NO_SOURCE = /^logdelivery\.elasticloadbalancing\.amazonaws\.com$/;

function isAllowed(statement: JsonObject): boolean {
  return literal(statement['Effect']) === 'Allow';
}

/** Whether a condition says for whom a service may act. */
function namesSource(statement: JsonObject): boolean {
  const { Condition: condition } = statement;
  if (condition === undefined) return false;
  // Of what is computed nothing is claimed; a key of KMS of its own says it too.
  return /aws:source|kms:|"Fn::|"Ref"|aws:principal/i.test(JSON.stringify(condition));
}

/** Advice on policies: they work, and allow more than is needed. */
export const POLICY_ADVICE_RULES: readonly Rule[] = [
  {
    code: 'PL3170',
    name: 'policy-width',
    severity: 'info',
    message: 'A policy allows more than one piece of work needs.',
    why: 'An intruder into what runs with the role can do everything that the policy allows.',
    fix: 'Name the actions, and the resources that they are for.',
    url: PRACTICES,
    bad: [
      identity("'*' # <-", "'*'"),
      identity('s3:* # <-', "'*'"),
      identity('secretsmanager:GetSecretValue # <-', "'*'"),
      identity('[iam:PassRole] # <-', "'*'"),
    ],
    good: [
      identity('s3:*', 'arn:aws:s3:::my-bucket/*'),
      identity('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:mine-*'),
      identity('ec2:DescribeSubnets', "'*'"),
      identity('iam:PassRole', "'*'", '      Condition: { StringEquals: { iam:PassedToService: ec2.amazonaws.com } }'),
    ],
    *check(model) {
      for (const document of policyDocuments(model)) {
        if (document.kind !== 'identity') continue;
        for (const [statement, path] of statementsOf(document)) {
          if (!isObject(statement) || !isAllowed(statement) || has(statement, 'Condition')) continue;
          const isEverywhere = plainTexts(statement['Resource'], path).some(([text]) => text === '*');
          for (const [action, at] of isEverywhere ? plainTexts(statement['Action'], [...path, 'Action']) : []) {
            if (action === '*') yield { path: at, message: 'The policy allows everything.' };
            else if (/^[\w-]+:\*$/.test(action))
              yield { path: at, message: `The policy allows every action of ${action.slice(0, -2)}, everywhere.` };
            else if (POWERFUL.has(action.toLowerCase()))
              yield { path: at, message: `The policy allows ${action} on every resource.` };
          }
        }
      }
    },
  },
  {
    code: 'PL3171',
    name: 'trust-without-source',
    severity: 'info',
    message: 'A service may act here for any account.',
    why: 'Somebody in another account can reach this resource through the service.',
    fix: 'Add a condition: aws:SourceAccount is this account, or aws:SourceArn the resource that it is for.',
    url: DEPUTY,
    bad: [trust('scheduler.amazonaws.com # <-').replace(/( # <-)(.*)/, '$2$1'), topic()],
    good: [
      trust('scheduler.amazonaws.com', `      ${SOURCE}`),
      trust('lambda.amazonaws.com'),
      topic(`      ${SOURCE}`),
    ],
    *check(model) {
      for (const document of policyDocuments(model)) {
        if (document.kind !== 'trust' && document.kind !== 'resource') continue;
        for (const [statement, path] of statementsOf(document)) {
          if (!isObject(statement) || !isAllowed(statement) || namesSource(statement)) continue;
          const { Principal: principal } = statement;
          if (!isObject(principal)) continue;
          const services = plainTexts(principal['Service'], [...path, 'Principal', 'Service']);
          for (const [service, at] of services)
            if (document.kind === 'trust' ? SEND_SOURCE.test(service) : !NO_SOURCE.test(service))
              yield { path: at, message: `${service} may act here for any account.` };
        }
      }
    },
  },
];
