import { expect, test } from 'vitest';
import { dataOf } from '../support/compiled.ts';

const LOCATION = { bucketName: 'releases', bucketRegion: 'us-west-2', keyPrefix: 'podlaunch/releases/1.0.0/' };
const { Resources, Conditions } = dataOf('directory', undefined, LOCATION);

test('somebody else who imports or deletes the certificate is told of, the function is not', () => {
  const { Condition, Properties } = Resources.CertificateReplacedAlarm;
  expect(Conditions[Condition]).toEqual({
    'Fn::And': [{ Condition: 'WantsCertificate' }, { Condition: 'WantsAlarm' }],
  });
  expect(Properties.Targets[0].Arn).toEqual({ Ref: 'AlarmTopicArn' });
  expect(Properties.EventPattern).toMatchObject({
    source: ['aws.acm'],
    detail: {
      eventName: ['ImportCertificate', 'DeleteCertificate'],
      userIdentity: {
        sessionContext: {
          sessionIssuer: {
            arn: [{ 'anything-but': { 'Fn::GetAtt': ['CertificateRole', 'Arn'] } }, { exists: false }],
          },
        },
      },
      requestParameters: { certificateArn: [{ Ref: 'Certificate' }] },
    },
  });
});

test('an end within 30 days is told of', () => {
  expect(Resources.CertificateEndsAlarm).toMatchObject({
    Condition: 'WatchesCertificate',
    Properties: { MetricName: 'DaysToExpiry', Threshold: 30, AlarmActions: [{ Ref: 'AlarmTopicArn' }] },
  });
});

test('the key stays for 30 days when the stack goes, and nothing retains it', () => {
  const { Properties, ...rest } = Resources.AuthorityKey;
  expect(Properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', PendingWindowInDays: 30 });
  expect(rest).not.toHaveProperty('DeletionPolicy');
});

test('the schedules go before their custom resources', () => {
  const inputOf = (id: string) => JSON.stringify(Resources[id].Properties.Target.Input);
  expect(inputOf('CertificateSchedule')).toContain('${Certificate}');
  expect(inputOf('AlignTargetsSchedule')).toContain('${TargetsAligned}');
});
