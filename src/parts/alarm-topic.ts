import type { Condition } from '../aws/conditions.ts';
import { Subscription } from '../aws/generated/sns-subscription.ts';
import { Topic } from '../aws/generated/sns-topic.ts';
import { TopicPolicy } from '../aws/generated/sns-topic-policy.ts';
import { accountId } from '../aws/intrinsics.ts';
import { policy } from '../aws/policy.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';

export interface AlarmTopicInput {
  readonly wanted: Condition;
  readonly email: Expression<string>;
}

/** The topic that alarms go to, by e-mail once its address has confirmed. Rules and alarms of this account may write to it. */
export function alarmTopic(template: Template, { wanted, email }: AlarmTopicInput): ResourceHandle<Topic> {
  const topic = template.resource('AlarmTopic', new Topic({}), { tag: 'alarms', condition: wanted });
  template.resource(
    'AlarmSubscription',
    new Subscription({ TopicArn: topic.ref(), Protocol: 'email', Endpoint: email }),
    { condition: wanted },
  );
  template.resource(
    'AlarmTopicPolicy',
    new TopicPolicy({
      Topics: [topic.ref()],
      PolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
        Action: 'sns:Publish',
        Resource: topic.ref(),
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      }),
    }),
    { condition: wanted },
  );
  return topic;
}
