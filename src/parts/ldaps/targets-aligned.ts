import { when } from '../../aws/conditions.ts';
import { accountId, partition, region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { alignTargets } from '../../functions/align-targets/function.ts';
import { ALIGN_TARGETS_CODE } from '../../functions/generated/align-targets.ts';
import { DIRECTORY_TOPIC } from '../alarms/directory-topic.ts';
import { functionFails } from '../alarms/function-fails.ts';
import { known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { lambdaFunction } from '../function/lambda-function.ts';

/**
 * Makes the domain controllers the targets of the load balancer and waits until one answers it; looks every hour whether
 * the directory's controllers are still the same. Tells a topic when it cannot.
 */
export const targetsAligned = part({
  name: 'targets-aligned',
  needs: {
    existingDirectory: made,
    DirectoryId: known,
    FirstDirectoryAddress: made,
    SecondDirectoryAddress: made,
    certificateCheck: made,
    ldapsTargets: made,
    AlarmTopicArn: DIRECTORY_TOPIC,
  },
  build(template, { existingDirectory, DirectoryId, certificateCheck, ldapsTargets, AlarmTopicArn: topic, ...needs }) {
    const TargetGroupArn = ldapsTargets.ref();
    const { lambda, resource } = lambdaFunction(template, alignTargets, {
      code: ALIGN_TARGETS_CODE,
      grants: {
        FindControllers: {
          to: sub`arn:${partition}:ds:${region}:${accountId}:directory/${DirectoryId.value}`,
          when: existingDirectory.administered,
        },
        ChangeTargets: TargetGroupArn,
      },
      resource: {
        id: 'TargetsAligned',
        properties: {
          TargetGroupArn,
          DirectoryId: DirectoryId.orEmpty,
          Addresses: [needs.FirstDirectoryAddress, needs.SecondDirectoryAddress],
          AvailabilityZone: when(existingDirectory.outsideVpc, 'all', ''),
        },
        options: {
          comment: 'The load balancer tries only targets that a listener leads to.',
          dependsOn: [certificateCheck],
        },
      },
      schedule: {
        properties: { TargetGroupArn, DirectoryId: DirectoryId.value },
        condition: existingDirectory.administered,
      },
    });
    functionFails(template, 'AlignmentAlarm', {
      ...{ lambda, tag: 'alignment', hours: 3, topic: topic.value, condition: topic.given },
      words:
        'For three hours the targets of the load balancer could not be compared with the domain controllers: see the log of AlignTargetsFunction',
    });
    return { targetsAligned: resource };
  },
  gives: { targetsAligned: 'Exists once a domain controller answers the load balancer.' },
});
