import { propertiesOf } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { linked, textAt, unlike } from '../base/linked.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';

const QUEUE = 'AWS::SQS::Queue';
const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';

const redriven = (policy: string, dead: string): string =>
  several({
    Source: [QUEUE, 'FifoQueue: true', `RedrivePolicy: ${policy}`],
    Dead: [QUEUE, dead],
  });
const mapped = (size: string, queue: string, timeout: number): string =>
  several({
    Mapping: [MAPPING, 'FunctionName: !Ref Handler', `BatchSize: ${size}`, `EventSourceArn: ${queue}`],
    Orders: [QUEUE, 'FifoQueue: true', 'VisibilityTimeout: 60'],
    Handler: [
      FUNCTION,
      'Runtime: python3.13',
      'Handler: index.handler',
      'Role: arn:aws:iam::111122223333:role/a',
      'Code: { ZipFile: a = 1 }',
      `Timeout: ${timeout}`,
    ],
  });
const POLICY = '{ deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }';

/** Queues, and the functions that take from them. */
export const QUEUE_RULES: readonly Rule[] = [
  {
    code: 'E3502',
    name: 'dead-letter-queue-kind',
    message: 'A queue and its dead-letter queue must be of the same kind, both FIFO or both standard.',
    why: RESOURCE_REFUSED,
    fix: 'Write FifoQueue alike for both.',
    url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    bad: [redriven(`${POLICY} # <-`, 'DelaySeconds: 0')],
    good: [redriven(POLICY, 'FifoQueue: true')],
    check: linked(QUEUE, 'RedrivePolicy.deadLetterTargetArn', QUEUE, ({ own, other, id }) => {
      const [here, there] = [own, other].map((one) => textAt(one, 'FifoQueue', 'false')?.toLowerCase());
      return unlike(here, there)
        ? ['RedrivePolicy', `This queue is ${kind(here)}, and ${id}, its dead-letter queue, is ${kind(there)}.`]
        : undefined;
    }),
  },
  {
    code: 'E3505',
    name: 'visibility-timeout',
    message: 'The queue shows a message again before the function that works on it must be done.',
    why: 'Lambda refuses the event source mapping.',
    fix: 'Write VisibilityTimeout of the queue at least as long as Timeout of the function.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    bad: [mapped('10', '!GetAtt Orders.Arn # <-', 90)],
    good: [mapped('10', '!GetAtt Orders.Arn', 60)],
    check: linked(MAPPING, 'EventSourceArn', QUEUE, ({ own, other, id, model }) => {
      const handler = resourceOf(model, own['FunctionName'], FUNCTION);
      const shown = Number(textAt(other, 'VisibilityTimeout', '30'));
      const works = Number(textAt(propertiesOf(model, handler), 'Timeout', '3'));
      return handler !== undefined && shown < works
        ? ['EventSourceArn', `${id} shows a message again after ${shown} seconds; ${handler} may work for ${works}.`]
        : undefined;
    }),
  },
  {
    code: 'E3705',
    name: 'fifo-batch',
    message: 'A function takes at most 10 messages at once from a FIFO queue.',
    why: 'Lambda refuses the event source mapping.',
    fix: 'Write BatchSize: 10, or less.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    bad: [mapped('11 # <-', '!GetAtt Orders.Arn', 60)],
    good: [mapped('10', '!GetAtt Orders.Arn', 60)],
    check: linked(MAPPING, 'EventSourceArn', QUEUE, ({ own, other, id }) =>
      textAt(other, 'FifoQueue') === 'true' && Number(textAt(own, 'BatchSize')) > 10
        ? ['BatchSize', `${id} is a FIFO queue: a function takes at most 10 messages at once from it.`]
        : undefined,
    ),
  },
];

function kind(isFifo: string | undefined): string {
  return isFifo === 'true' ? 'FIFO' : 'standard';
}
