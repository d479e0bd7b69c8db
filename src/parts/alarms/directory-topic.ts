import { TOPIC_ARN } from '../../aws/patterns.ts';
import { optionalText } from '../base/needs.ts';

/** The topic that is told of the directory, its load balancer and the certificate, as the launcher is asked for it. */
export const DIRECTORY_TOPIC = optionalText<string>({
  group: 'LDAPS',
  label: 'Alarm topic',
  Description:
    'SNS topic to tell when a domain controller stops answering or the certificate changes; EventBridge must be allowed to publish to it. Empty: no alarm.',
  given: 'WantsAlarm',
  ...TOPIC_ARN,
});
