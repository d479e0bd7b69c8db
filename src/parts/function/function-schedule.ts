import type { Presence } from '../../aws/conditions.ts';
import type { CustomResource } from '../../aws/custom-resource.ts';
import { Role } from '../../aws/generated/iam-role.ts';
import { Schedule } from '../../aws/generated/scheduler-schedule.ts';
import { ScheduleGroup } from '../../aws/generated/scheduler-schedule-group.ts';
import { accountId, stackId } from '../../aws/intrinsics.ts';
import { jsonText } from '../../aws/json-text.ts';
import { policy } from '../../aws/policy.ts';
import type { AnyHandle, ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression, Value } from '../../aws/value.ts';

export interface FunctionScheduleInput {
  /** How logical ids begin. */
  readonly id: string;
  readonly name: string;
  readonly expression: string;
  readonly functionArn: Expression<string>;
  /** The function's custom resource: the schedule comes after it and goes before it. */
  readonly resource: ResourceHandle<CustomResource<object>> | undefined;
  readonly properties: { readonly [name: string]: Value<string> };
  readonly condition: Presence;
  readonly after?: readonly AnyHandle[];
}

/**
 * Calls a function by a schedule, with what defineSchedule takes. The group is there for the role's sake: it is by the
 * group's ARN that EventBridge Scheduler says whose schedule it acts for, so that nobody else's can use the role.
 */
export function functionSchedule(template: Template, input: FunctionScheduleInput): void {
  const { id, name, functionArn, resource, properties, condition } = input;
  const group = template.resource(`${id}ScheduleGroup`, new ScheduleGroup({}), { tag: name, condition });
  const role = template.resource(
    `${id}ScheduleRole`,
    new Role({
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId, 'aws:SourceArn': group.get('Arn') } },
      }),
      Policies: [
        {
          PolicyName: name,
          PolicyDocument: policy({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn }),
        },
      ],
    }),
    { tag: `${name}-schedule`, condition },
  );
  const event = {
    StackId: stackId,
    ...(resource && { PhysicalResourceId: resource.ref() }),
    Properties: properties,
  };
  template.resource(
    `${id}Schedule`,
    new Schedule({
      GroupName: group.ref(),
      ScheduleExpression: input.expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: functionArn,
        RoleArn: role.get('Arn'),
        Input: jsonText(event),
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 5 },
      },
    }),
    { condition, ...(input.after && { dependsOn: input.after }) },
  );
}
