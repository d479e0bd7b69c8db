import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { textWithVariables } from '../base/texts.ts';

const PERMISSION = 'AWS::Lambda::Permission';
const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';
const permission = (principal: string, ...lines: readonly string[]): string =>
  several({
    Data: ['AWS::S3::Bucket'],
    Permission: [
      PERMISSION,
      'Action: lambda:InvokeFunction',
      'FunctionName: mine',
      `Principal: ${principal}`,
      'SourceArn: !GetAtt Data.Arn',
      ...lines,
    ],
  });
const ACCOUNT = 'SourceAccount: !Ref AWS::AccountId';

/** The service that calls a function for a thing of a type: its principal, and the service in the thing's ARN. */
const CALLERS: readonly (readonly [type: string, principal: string, service: string])[] = [
  ['AWS::ApiGateway::RestApi', 'apigateway', 'execute-api'],
  ['AWS::ApiGatewayV2::Api', 'apigateway', 'execute-api'],
  ['AWS::Cognito::UserPool', 'cognito-idp', 'cognito-idp'],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'elasticloadbalancing', 'elasticloadbalancing'],
  ['AWS::Events::Rule', 'events', 'events'],
  ['AWS::IoT::TopicRule', 'iot', 'iot'],
  ['AWS::Logs::LogGroup', 'logs', 'logs'],
  ['AWS::S3::Bucket', 's3', 's3'],
  ['AWS::SNS::Topic', 'sns', 'sns'],
];

/** The principal of the service that has what an ARN names; undefined where that is not known. */
function callerOf(model: Model, source: Json | undefined): string | undefined {
  const [, service] = /^arn:[^:]+:([\w-]+):/.exec(textWithVariables(source) ?? '') ?? [];
  const found = CALLERS.find(([type, , name]) => name === service || resourceOf(model, source, type) !== undefined);
  return found?.[1];
}

/** Who may call a function. */
export const INVOCATION_RULES: readonly Rule[] = [
  {
    code: 'W3663',
    name: 'source-account',
    message: 'A bucket may call the function, and the permission does not say whose bucket.',
    why: 'The ARN of a bucket has no account: if the bucket is deleted, anyone may make one of its name and call the function.',
    fix: 'Add SourceAccount: !Ref AWS::AccountId.',
    url: PAGE,
    bad: [permission('s3.amazonaws.com').replace('Arn\n', 'Arn # <-\n')],
    good: [permission('s3.amazonaws.com', ACCOUNT)],
    check: properties(PERMISSION, ['SourceArn', 'SourceAccount'], ({ SourceArn, SourceAccount }, model) =>
      SourceAccount === undefined && callerOf(model, SourceArn) === 's3' ? 'SourceArn' : undefined,
    ),
  },
  {
    code: 'W3664',
    name: 'source-principal',
    message: 'Another service calls the function for this thing than the one that may.',
    why: 'The service that calls is refused, and the function never runs.',
    fix: 'Write the principal of the service that has the thing.',
    url: PAGE,
    bad: [permission('sns.amazonaws.com # <-', ACCOUNT)],
    good: [permission('s3.amazonaws.com', ACCOUNT)],
    check: properties(PERMISSION, ['Principal', 'SourceArn'], ({ Principal, SourceArn }, model) => {
      const [, service] = /^([\w-]+)(?:\.[\w-]+)?\.amazonaws\.com$/.exec(literal(Principal) ?? '') ?? [];
      const caller = callerOf(model, SourceArn);
      const isKnown = CALLERS.some(([, principal]) => principal === service);
      return isKnown && caller !== undefined && service !== caller
        ? ['Principal', `${caller}.amazonaws.com calls the function for this, not ${literal(Principal)}.`]
        : undefined;
    }),
  },
];
