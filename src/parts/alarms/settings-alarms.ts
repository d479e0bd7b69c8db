import { TOPIC_ARN } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import { made, optionalText } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { alarmRule, callsByOthers } from './alarm-rule.ts';

/**
 * Tells of a write to the settings (the service's own event: it comes for the stack's updates too, and does not say by
 * whom) and to the copy that the stack vouches with (needs a trail).
 */
export const settingsAlarms = part({
  name: 'settings-alarms',
  needs: {
    AlarmTopicArn: optionalText({
      group: 'Alarms (output of the prerequisites)',
      label: 'Alarm topic',
      Description:
        'SNS topic to tell when the settings of the nodes are written; EventBridge must be allowed to publish to it. Empty: no alarm.',
      given: 'WantsAlarm',
      ...TOPIC_ARN,
    }),
    ClusterName: made,
    nodeSettings: made,
  },
  build(template, { AlarmTopicArn: topic, ClusterName, nodeSettings: { parameter, vouched } }) {
    alarmRule(template, 'SettingsAlarm', {
      topic,
      words: 'the settings of the nodes were written. Unless you have just updated the stack, look who did it.',
      pattern: {
        source: ['aws.ssm'],
        'detail-type': ['Parameter Store Change'],
        detail: { name: [parameter.ref()], operation: ['Create', 'Update', 'Delete'] },
      },
    });
    alarmRule(template, 'VouchedSettingsAlarm', {
      topic,
      words: 'somebody other than the stack wrote what the stack vouches for: nodes will follow it.',
      pattern: callsByOthers(
        'secretsmanager',
        ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage', 'DeleteSecret', 'PutResourcePolicy'],
        { secretId: [vouched.ref(), sub`podlaunch/${ClusterName}/node-settings`] },
      ),
    });
    return {};
  },
});
