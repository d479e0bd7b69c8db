import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { type AlarmRuleInput, alarmRule, callsByOthers } from './alarm-rule.ts';

export interface BucketAlarmsInput extends Pick<AlarmRuleInput, 'wanted' | 'topicArn'> {
  readonly bucketName: Expression<string>;
}

/** What CloudFormation does too, and the bucket's policy therefore cannot deny. */
const CHANGES = [
  ...['PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketVersioning', 'PutBucketLifecycle', 'DeleteBucketLifecycle'],
  ...['PutBucketReplication', 'PutBucketAcl', 'PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
  ...['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutBucketNotification'],
];

/**
 * Tells of the two things that the bucket's policy alone stands against or cannot forbid: a change of that policy and its
 * like (needs a trail), and a write of the entry script (S3's own event, which does not say by whom).
 */
export function bucketAlarms(template: Template, { bucketName, ...input }: BucketAlarmsInput): void {
  alarmRule(template, 'BucketAlarm', {
    ...input,
    words: 'somebody other than the stack changed how the bucket of the node scripts is guarded.',
    pattern: callsByOthers('s3', CHANGES, { bucketName: [bucketName] }),
  });
  alarmRule(template, 'ScriptsAlarm', {
    ...input,
    words:
      'the entry script of the nodes was written or deleted. Unless you have just updated the stack, look who did it.',
    pattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created', 'Object Deleted'],
      detail: {
        bucket: { name: [bucketName] },
        object: { key: [{ wildcard: '*/lifecycle-scripts/on_init_complete*.sh' }] },
      },
    },
  });
}
