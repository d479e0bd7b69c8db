import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { awsRefusal } from '../cloud/aws-refusal.ts';
import { openClient } from '../cloud/client.ts';
import { type AwsFault, awsFailure } from '../cloud/errors.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { Refusal } from '../diagnostics/refusal.ts';

type Sdk = typeof import('@aws-sdk/client-cloudformation');

/** A stack as CloudFormation describes it now. */
export interface StackNow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Why it has the status, where CloudFormation says so. */
  readonly reason: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The values of secrets are asterisks. */
  readonly parameters: Readonly<Record<string, string>>;
  /** When it was last made or updated. */
  readonly changedAt?: string;
  readonly isProtected: boolean;
}

/** What is asked of CloudFormation, as a refusal names it. */
interface Question {
  /** As in "Could not …". */
  readonly doing: string;
  /** The stack. */
  readonly stack: string;
  /** The action that the caller must be allowed. */
  readonly needs: string;
}

/** CloudFormation, opened: whoever asks it goes through here, so that each refusal has the same form. */
export interface Stacks {
  readonly place: AwsPlace;
  readonly sdk: Sdk;
  readonly client: CloudFormationClient;
  /** Sends something. @throws Refusal PL8501 in the words of the question */
  ask<T>(question: Question, send: () => Promise<T>): Promise<T>;
  /** A stack, by name or id; undefined where there is none. @throws Refusal PL8501 */
  describe(stack: string): Promise<StackNow | undefined>;
  close(): void;
}

/** Opens CloudFormation. Loads the SDK. */
export async function openStacks(place: AwsPlace): Promise<Stacks> {
  const { sdk, client } = await openClient(
    { service: 'CloudFormation', ...place },
    () => import('@aws-sdk/client-cloudformation'),
    (loaded, settings) => new loaded.CloudFormationClient(settings),
  );
  const ask = async <T>({ doing, stack, needs }: Question, send: () => Promise<T>): Promise<T> => {
    try {
      return await send();
    } catch (thrown) {
      const refusal = awsRefusal('PL8501', thrown, place, {
        ...{ doing, service: 'CloudFormation', subject: `the stack ${stack}`, needs },
      });
      if (PASSING.includes(awsFailure(thrown).fault)) passing.add(refusal);
      throw refusal;
    }
  };
  return {
    ...{ place, sdk, client, ask },
    describe(stack) {
      const question = { doing: `read the stack ${stack}`, stack, needs: 'cloudformation:DescribeStacks' };
      return ask(question, async () => {
        const answer = await client
          .send(new sdk.DescribeStacksCommand({ StackName: stack }))
          .catch((thrown: unknown) => {
            if (isMissing(thrown)) return undefined;
            throw thrown;
          });
        return answer?.Stacks?.[0] && stackNow(answer.Stacks[0]);
      });
    },
    close: () => client.destroy(),
  };
}

/** Faults that may be gone the next time. */
const PASSING: readonly AwsFault[] = ['busy', 'unreachable', 'proxy'];

/** Refusals for such faults. */
const passing = new WeakSet<Refusal>();

/** Whether waiting may help: CloudFormation was busy, or could not be reached. */
export function mayPass(thrown: unknown): boolean {
  return passing.has(thrown as Refusal);
}

/** Whether CloudFormation says that there is no such stack. */
export function isMissing(thrown: unknown): boolean {
  const { name, message } = awsFailure(thrown);
  return name === 'ValidationError' && /does not exist/.test(message);
}

function stackNow(stack: Stack): StackNow {
  const { StackId = '', StackName = '', StackStatus = '', StackStatusReason = '', Outputs, Parameters } = stack;
  const changed = stack.LastUpdatedTime ?? stack.CreationTime;
  return {
    id: StackId,
    name: StackName,
    status: StackStatus,
    reason: StackStatusReason,
    outputs: Object.fromEntries(
      (Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    parameters: Object.fromEntries(
      (Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
    ),
    ...(changed && { changedAt: changed.toISOString() }),
    isProtected: stack.EnableTerminationProtection === true,
  };
}

/** Whether something is under way for a stack. A stack in review is only a name: nothing is made of it yet. */
export function isUnderWay(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}
