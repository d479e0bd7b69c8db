import { Rule } from '../../aws/generated/events-rule.ts';
import type { Template } from '../../aws/template.ts';
import type { Expression, Free } from '../../aws/value.ts';
import type { IfGiven } from '../base/needs.ts';

export interface AlarmRuleInput {
  /** The topic that is told. */
  readonly topic: IfGiven<Expression<string>>;
  /** What is told. It goes into JSON: no quotes. */
  readonly words: string;
  readonly pattern: { readonly [key: string]: Free };
}

/** Tells a topic in words of an event, with its time and its name. */
export function alarmRule(template: Template, name: string, input: AlarmRuleInput): void {
  template.resource(
    name,
    new Rule({
      Description: input.words,
      EventPattern: input.pattern,
      Targets: [
        {
          Id: 'topic',
          Arn: input.topic.value,
          InputTransformer: {
            InputPathsMap: { time: '$.time', what: '$.detail-type' },
            InputTemplate: `"podlaunch: ${input.words} (<what>, <time>)"`,
          },
        },
      ],
    }),
    { tag: 'alarm', condition: input.topic.given },
  );
}

/**
 * The calls of a service that change something, made by anybody but CloudFormation, as a trail of the account tells
 * EventBridge of them: without a trail that logs management events nothing comes.
 */
export function callsByOthers(
  source: string,
  eventNames: readonly string[],
  requestParameters: { readonly [key: string]: Free },
): { readonly [key: string]: Free } {
  const sourceIPAddress = [{ 'anything-but': 'cloudformation.amazonaws.com' }];
  return calls(source, { eventName: eventNames, sourceIPAddress, requestParameters });
}

/** The same of anybody who does not act as one of these roles, CloudFormation among them. @param roles an ARN, or several */
export function callsByOtherRoles(
  source: string,
  eventNames: readonly string[],
  requestParameters: { readonly [key: string]: Free },
  roles: Free,
): { readonly [key: string]: Free } {
  const userIdentity = { sessionContext: { sessionIssuer: { arn: [{ 'anything-but': roles }, { exists: false }] } } };
  return calls(source, { eventName: eventNames, userIdentity, requestParameters });
}

function calls(source: string, detail: { readonly [key: string]: Free }): { readonly [key: string]: Free } {
  return { source: [`aws.${source}`], 'detail-type': ['AWS API Call via CloudTrail'], detail };
}
