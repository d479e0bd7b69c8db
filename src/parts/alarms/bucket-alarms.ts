import { TOPIC_ARN } from '../../aws/patterns.ts';
import { made, optionalText } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { alarmRule, callsByOthers } from './alarm-rule.ts';

/** What CloudFormation does too, and the bucket's policy therefore cannot deny. */
const CHANGES = [
  ...['PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketVersioning', 'PutBucketLifecycle', 'DeleteBucketLifecycle'],
  ...['PutBucketReplication', 'PutBucketAcl', 'PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
  ...['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutBucketNotification'],
];

/**
 * Tells of the two things that only the bucket's policy prevents, or that it cannot forbid: a change of that policy and its
 * like (needs a trail), and a write of the entry script (S3's own event, which does not say by whom).
 */
export const bucketAlarms = part({
  name: 'bucket-alarms',
  needs: {
    AlarmTopicArn: optionalText({
      group: 'Alarms',
      label: 'Alarm topic',
      Description:
        'SNS topic to tell when the bucket of the scripts changes; EventBridge must be allowed to publish to it. Empty: no alarm.',
      given: 'WantsBucketAlarms',
      ...TOPIC_ARN,
    }),
    NodeBucketName: made,
  },
  build(template, { AlarmTopicArn: topic, NodeBucketName }) {
    alarmRule(template, 'BucketAlarm', {
      topic,
      words: 'somebody other than the stack changed how the bucket of the node scripts is guarded.',
      pattern: callsByOthers('s3', CHANGES, { bucketName: [NodeBucketName] }),
    });
    alarmRule(template, 'ScriptsAlarm', {
      topic,
      words:
        'the entry script of the nodes was written or deleted. Unless you have just updated the stack, look who did it.',
      pattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created', 'Object Deleted'],
        detail: {
          bucket: { name: [NodeBucketName] },
          object: { key: [{ wildcard: '*/lifecycle-scripts/on_init_complete*.sh' }] },
        },
      },
    });
    return {};
  },
});
