import type { Presence } from '../../aws/conditions.ts';
import { Alarm } from '../../aws/generated/cloudwatch-alarm.ts';
import type { Function as AwsFunction } from '../../aws/generated/lambda-function.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression } from '../../aws/value.ts';

export interface FunctionFails {
  readonly lambda: ResourceHandle<AwsFunction>;
  readonly tag: string;
  /** What it means. */
  readonly words: string;
  /** For how many hours it fails before that is told. */
  readonly hours: number;
  readonly topic: Expression<string>;
  readonly condition: Presence;
}

/** Tells a topic of a function that fails, hour after hour, and when it works again. */
export function functionFails(template: Template, name: string, input: FunctionFails): void {
  template.resource(
    name,
    new Alarm({
      AlarmDescription: input.words,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: input.lambda.ref() }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: input.hours,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [input.topic],
      OKActions: [input.topic],
    }),
    { tag: input.tag, condition: input.condition },
  );
}
