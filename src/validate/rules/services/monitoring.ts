import { resource } from '../base/examples.ts';
import { literal, pair, property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

const DAY = 86_400;
const alarm = (period: string, periods = '1'): string =>
  resource(
    'AWS::CloudWatch::Alarm',
    ...['ComparisonOperator: GreaterThanThreshold', `EvaluationPeriods: ${periods}`, `Period: ${period}`],
    ...['MetricName: a', 'Namespace: b', 'Statistic: Sum', 'Threshold: 1'],
  );
const detector = (...lines: readonly string[]): string =>
  resource('AWS::GuardDuty::Detector', 'Enable: true', ...lines);
const SOURCES = 'DataSources: { S3Logs: { Enable: true } }';
const FEATURES = 'Features: [{ Name: S3_DATA_EVENTS, Status: ENABLED }]';

/** Alarms of CloudWatch, and detectors of GuardDuty. */
export const MONITORING_RULES: readonly Rule[] = [
  {
    code: 'E3615',
    name: 'alarm-period',
    message: 'The period of an alarm must be 10, 20 or 30 seconds, or a multiple of 60.',
    why: 'CloudWatch refuses the alarm.',
    fix: 'Write one of these.',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    bad: [alarm('45 # <-')],
    good: [alarm('20'), alarm('300')],
    instead: 'schema',
    check: property('AWS::CloudWatch::Alarm', 'Period', (period) => {
      const seconds = Number(literal(period) ?? Number.NaN);
      return !Number.isNaN(seconds) && (seconds <= 0 || seconds % 60 !== 0) && ![10, 20, 30].includes(seconds);
    }),
  },
  {
    code: 'PL3179',
    name: 'alarm-span',
    message: 'An alarm looks at a longer time than CloudWatch does.',
    why: 'CloudWatch refuses the alarm.',
    fix: 'Write fewer periods: they span a day at most, and seven days where one is an hour or longer.',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    bad: [alarm('86400', '8 # <-'), alarm('60', '1441 # <-')],
    good: [alarm('86400', '7'), alarm('60', '1440'), alarm('3600', '100')],
    check: pair('AWS::CloudWatch::Alarm', 'EvaluationPeriods', 'Period', (periods, period) => {
      const [count, seconds] = [Number(literal(periods)), Number(literal(period))];
      const most = seconds < 3600 ? DAY : 7 * DAY;
      return count * seconds > most && `${count} periods of ${seconds} seconds are more than ${most} seconds.`;
    }),
  },
  {
    code: 'E3063',
    name: 'detector-features',
    message: 'A detector has both DataSources and Features.',
    why: 'GuardDuty refuses the detector.',
    fix: 'Write Features alone: it says what DataSources says, and more.',
    url: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html',
    bad: [detector(`${SOURCES} # <-`, FEATURES)],
    good: [detector(FEATURES), detector(SOURCES)],
    check: pair('AWS::GuardDuty::Detector', 'DataSources', 'Features', (_, features) => features !== undefined),
  },
];
