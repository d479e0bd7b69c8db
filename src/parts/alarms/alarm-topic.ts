import { Subscription } from '../../aws/generated/sns-subscription.ts';
import { Topic } from '../../aws/generated/sns-topic.ts';
import { TopicPolicy } from '../../aws/generated/sns-topic-policy.ts';
import { accountId } from '../../aws/intrinsics.ts';
import { EMAIL } from '../../aws/patterns.ts';
import { policy } from '../../aws/policy.ts';
import { gift, part } from '../base/part.ts';

/** The topic that alarms go to, by e-mail once its address has confirmed. Rules and alarms of this account may write to it. */
export const alarmTopic = part({
  name: 'alarm-topic',
  group: 'Alarms',
  choices: (form) => ({
    email: form.optional('AlarmEmail', {
      label: 'E-mail',
      Description:
        'Address to tell when scripts, settings or certificate of the nodes are written by anybody but the stacks. It gets a message to confirm first. Empty: no alarms.',
      given: 'WantsAlarms',
      ...EMAIL,
    }),
  }),
  build(template, { email: { value: Endpoint, given } }) {
    const topic = template.resource('AlarmTopic', new Topic({}), { tag: 'alarms', condition: given });
    template.resource('AlarmSubscription', new Subscription({ TopicArn: topic.ref(), Protocol: 'email', Endpoint }), {
      condition: given,
    });
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
      { condition: given },
    );
    return { AlarmTopicArn: gift(topic.ref(), { given }) };
  },
  gives: { AlarmTopicArn: 'Topic of the alarms, for the other stacks.' },
});
