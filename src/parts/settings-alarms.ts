import { sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { type AlarmRuleInput, alarmRule, callsByOthers } from './alarm-rule.ts';
import type { NodeSettings } from './node-settings.ts';

export interface SettingsAlarmsInput extends Pick<AlarmRuleInput, 'topic'> {
  readonly clusterName: Expression<string>;
  readonly settings: NodeSettings;
}

/**
 * Tells of a write to the settings (the service's own event: it comes for the stack's updates too, and does not say by
 * whom) and to the copy that the stack vouches with (needs a trail).
 */
export function settingsAlarms(template: Template, { settings, clusterName, ...input }: SettingsAlarmsInput): void {
  const { parameter, vouched } = settings;
  alarmRule(template, 'SettingsAlarm', {
    ...input,
    words: 'the settings of the nodes were written. Unless you have just updated the stack, look who did it.',
    pattern: {
      source: ['aws.ssm'],
      'detail-type': ['Parameter Store Change'],
      detail: { name: [parameter.ref()], operation: ['Create', 'Update', 'Delete'] },
    },
  });
  alarmRule(template, 'VouchedSettingsAlarm', {
    ...input,
    words: 'somebody other than the stack wrote what the stack vouches for: nodes will follow it.',
    pattern: callsByOthers(
      'secretsmanager',
      ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage', 'DeleteSecret', 'PutResourcePolicy'],
      { secretId: [vouched.ref(), sub`podlaunch/${clusterName}/node-settings`] },
    ),
  });
}
