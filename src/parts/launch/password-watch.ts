import { when } from '../../aws/conditions.ts';
import { noValue } from '../../aws/intrinsics.ts';
import type { Template } from '../../aws/template.ts';
import type { Expression, Free } from '../../aws/value.ts';
import { alarmRule, callsByOtherRoles } from '../alarms/alarm-rule.ts';
import { DIRECTORY_TOPIC } from '../alarms/directory-topic.ts';
import { type IfGiven, known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';

interface PasswordWatch {
  /** When anybody is told. */
  readonly topic: IfGiven<Expression<string>>;
  readonly DirectoryId: Expression<string>;
  /** ARNs of the roles that may set passwords: those of the stack's functions. */
  readonly roles: readonly Free[];
}

/**
 * Tells a topic when anybody else sets a password of the directory by AWS: whoever may do that, can set Admin's. It needs a
 * trail of the account that logs management events; without one nothing comes.
 */
export function watchPasswords(template: Template, { topic, DirectoryId, roles }: PasswordWatch): void {
  alarmRule(template, 'PasswordSetAlarm', {
    topic,
    words: 'somebody other than the stack set a password of the directory by AWS. Look who did it, and whose it was.',
    pattern: callsByOtherRoles('ds', ['ResetUserPassword'], { directoryId: [DirectoryId] }, roles),
  });
}

/** The watch where the stack administers the directory, and rotates the password that nodes search with. */
export const passwordWatch = part({
  name: 'password-watch',
  needs: {
    existingDirectory: made,
    // Only where the stack administers the directory; and there is none of this without it.
    DirectoryId: known,
    peopleRole: made,
    rotationRole: made,
    AlarmTopicArn: DIRECTORY_TOPIC,
  },
  build(template, { existingDirectory, DirectoryId, peopleRole, rotationRole, AlarmTopicArn: topic }) {
    watchPasswords(template, {
      topic: { ...topic, given: template.allOf('WatchesPasswords', [existingDirectory.administered, topic.given]) },
      DirectoryId: DirectoryId.value,
      roles: [peopleRole.arn, when(rotationRole.given, rotationRole.arn, noValue)],
    });
    return {};
  },
  gives: {},
});
