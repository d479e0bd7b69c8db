import { and, equals, not } from '../../aws/conditions.ts';
import { Alarm } from '../../aws/generated/cloudwatch-alarm.ts';
import { accountId, partition, region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { ROTATE_BIND_SECRET_CODE } from '../../functions/generated/rotate-bind-secret.ts';
import { rotateBindSecret } from '../../functions/rotate-bind-secret/function.ts';
import { DIRECTORY_TOPIC } from '../alarms/directory-topic.ts';
import { functionFails } from '../alarms/function-fails.ts';
import { known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { lambdaFunction } from '../function/lambda-function.ts';

/** Half of the 42 days after which Active Directory lets a password end. */
const OLDEST_DAYS = 21;
const HOURS_UNTIL_MISSED = 6;

interface WithRefresh {
  readonly nodes: { readonly refreshSeconds: number };
}

/**
 * Changes account and password of the bind secret by a schedule, where the stack administers the directory and its
 * bind accounts. Tells a topic when that fails, and when the password is old all the same.
 */
export const bindRotation = part({
  name: 'bind-rotation',
  group: 'Passwords of the directory',
  choices: (form) => ({
    days: form.number('BindRotationDays', {
      label: 'Days between rotations',
      Description:
        'After how many days the account and password that nodes search the directory with are changed. 0: never. Nobody notices a change.',
      Default: 14,
      MinValue: 0,
      MaxValue: OLDEST_DAYS - 1,
    }),
  }),
  needs: {
    DomainName: made,
    ShortName: made,
    existingDirectory: made,
    // Only where the stack administers the directory; and there is none of this without it.
    DirectoryId: known,
    BindSecretArn: made,
    bindDn: made,
    peopleFunction: made,
    AlarmTopicArn: DIRECTORY_TOPIC,
  },
  build(template, { days, AlarmTopicArn: topic, ...needs }, { nodes }: WithRefresh) {
    const { DomainName, ShortName, existingDirectory, BindSecretArn, bindDn, peopleFunction } = needs;
    const DirectoryId = needs.DirectoryId.value;
    // An account that the launcher names is theirs to rotate.
    const condition = template.condition(
      'RotatesBindSecret',
      and(existingDirectory.administered, not(bindDn.given), not(equals(days, 0))),
    );
    const { lambda, role } = lambdaFunction(template, rotateBindSecret, {
      code: ROTATE_BIND_SECRET_CODE,
      condition,
      environment: {
        ...{ DomainName, DirectoryId, BindSecretArn, ShortName },
        PeopleFunctionArn: peopleFunction.arn,
        RotationDays: sub`${days}`,
        RefreshSeconds: `${nodes.refreshSeconds}`,
      },
      grants: {
        ChangeSecret: BindSecretArn,
        SetPasswords: sub`arn:${partition}:ds:${region}:${accountId}:directory/${DirectoryId}`,
        TryPasswords: peopleFunction.arn,
      },
      schedule: { properties: {}, after: [peopleFunction.ready] },
    });
    const told = template.allOf('WatchesRotation', [condition, topic.given]);
    functionFails(template, 'RotationAlarm', {
      ...{ lambda, tag: 'rotation', hours: 1, topic: topic.value, condition: told },
      words:
        'The password that nodes search the directory with was not changed; the old one stays in force. See the log of RotateBindSecretFunction',
    });
    template.resource(
      'BindPasswordAgeAlarm',
      new Alarm({
        AlarmDescription: `The password that nodes search the directory with is older than ${OLDEST_DAYS} days, or nobody has looked for ${HOURS_UNTIL_MISSED} hours. See the log of RotateBindSecretFunction`,
        Namespace: 'podlaunch',
        MetricName: 'BindPasswordAge',
        Dimensions: [{ Name: 'FunctionName', Value: lambda.ref() }],
        Statistic: 'Minimum',
        Period: HOURS_UNTIL_MISSED * 3600,
        EvaluationPeriods: 1,
        Threshold: OLDEST_DAYS,
        ComparisonOperator: 'GreaterThanThreshold',
        // An alarm begins without data, and says nothing of it; it tells when the data end.
        TreatMissingData: 'missing',
        AlarmActions: [topic.value],
        InsufficientDataActions: [topic.value],
        OKActions: [topic.value],
      }),
      { tag: 'bind-password-age', condition: told },
    );
    return { rotationRole: { given: condition, arn: role.get('Arn') } };
  },
  gives: { rotationRole: 'The role of the function that rotates the bind secret.' },
});
