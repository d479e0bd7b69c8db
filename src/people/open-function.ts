import { awsRefusal } from '../cloud/aws-refusal.ts';
import { openClient } from '../cloud/client.ts';
import { askCloudFormation } from '../cloud/cloudformation.ts';
import { type AwsFailure, awsFailure } from '../cloud/errors.ts';
import type { AwsPlace } from '../cloud/place.ts';
import { withRetries } from '../cloud/retry.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import type { PeopleDocument } from '../functions/people/people-document.ts';
import type {
  HandedOver,
  PeopleDone,
  PeoplePlan,
  PeopleQuestion,
  PeopleRequest,
  ResetRequest,
} from '../functions/people/requests.ts';

/** A stack with a function that makes people: launchpad, or people. */
export interface PeopleStack extends AwsPlace {
  readonly stack: string;
  /** Told when the function must be waited for. */
  onWait?(words: string): void;
}

/** The function of a stack that makes people. */
export interface PeopleFunction {
  /** @throws Refusal PL9004 with what the function says */
  plan(request: PeopleRequest): Promise<PeoplePlan>;
  /** @throws Refusal PL9004 with what the function says */
  apply(request: PeopleRequest): Promise<PeopleDone>;
  /** Who is there. @throws Refusal PL9004 with what the function says */
  export(): Promise<PeopleDocument>;
  /** Gives a person a password that `reader` alone may read. @throws Refusal PL9004 with what the function says */
  resetPassword(request: ResetRequest): Promise<HandedOver>;
  close(): void;
}

/** The function's logical id in the template. */
const LOGICAL_ID = 'PeopleFunction';

/** A run of the function ends after 15 minutes, and says nothing before. */
const LONGEST = 15 * 60_000 + 10_000;

/** Lambda wakes a function in a VPC that nobody has called for weeks: it makes new interfaces, for some minutes. */
const WAKING = { attempts: 12, pause: 5000 } as const;

/** Faults after which the function may have got what it was asked: what is lost may be its answer. */
const LOST: readonly AwsFailure['fault'][] = ['busy', 'unreachable', 'proxy'];

/** What is said then of what changes something. */
const AFTERWARDS: { readonly [Action in PeopleQuestion['action']]?: string } = {
  apply: 'The function may have begun all the same: what it has done is not done twice.',
  'reset password': 'The function may have set a password all the same: the next run sets another.',
};

/** What Lambda takes at most: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 6 * 1024 * 1024;

/**
 * Finds the function of a stack that makes people. No secret and no way into the VPC is needed: the function has both.
 * @throws Refusal PL9001 for a stack without one, PL9002 when AWS cannot be asked
 */
export async function openPeopleFunction(place: PeopleStack): Promise<PeopleFunction> {
  const name = await functionName(place);
  const { region, endpointUrl } = place;
  const { sdk, client } = await openClient(
    { service: 'Lambda', region, endpointUrl },
    () => import('@aws-sdk/client-lambda'),
    ({ LambdaClient }, { requestHandler, ...settings }) =>
      new LambdaClient({ ...settings, requestHandler: { ...requestHandler, socketTimeout: LONGEST } }),
  );

  async function ask(call: PeopleQuestion): Promise<unknown> {
    const payload = Buffer.from(JSON.stringify(call));
    if (payload.length > MOST_BYTES) throw tooLong(payload.length);
    const invoke = () => client.send(new sdk.InvokeCommand({ FunctionName: name, Payload: payload }));
    const { Payload = new Uint8Array(), FunctionError } = await withRetries(invoke, {
      ...WAKING,
      mayPass(thrown) {
        const isWaking = wakes(thrown);
        if (isWaking) place.onWait?.('Waiting for Lambda to wake the function');
        return isWaking;
      },
    }).catch((thrown: unknown) => {
      const refusal = awsRefusal('PL9002', thrown, place, {
        doing: `call the function of the stack ${place.stack}`,
        service: 'Lambda',
        subject: 'Lambda',
        needs: 'lambda:InvokeFunction',
      });
      const afterwards = LOST.includes(awsFailure(thrown).fault) ? AFTERWARDS[call.action] : undefined;
      throw afterwards === undefined ? refusal : withHint(refusal, afterwards);
    });
    return answered(new TextDecoder().decode(Payload), FunctionError);
  }

  return {
    plan: async (request) => (await ask({ action: 'plan', ...request })) as PeoplePlan,
    apply: async (request) => (await ask({ action: 'apply', ...request })) as PeopleDone,
    export: async () => ((await ask({ action: 'export' })) as { readonly document: PeopleDocument }).document,
    resetPassword: async (request) => (await ask({ action: 'reset password', ...request })) as HandedOver,
    close: () => client.destroy(),
  };
}

/** Whether a function is asleep, or being made ready: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
function wakes(thrown: unknown): boolean {
  return ['ResourceNotReadyException', 'ResourceConflictException'].includes(awsFailure(thrown).name);
}

async function functionName(place: PeopleStack): Promise<string> {
  const { stack, region } = place;
  return askCloudFormation(place, async (client, sdk) => {
    const command = new sdk.DescribeStackResourceCommand({ StackName: stack, LogicalResourceId: LOGICAL_ID });
    return (await client.send(command)).StackResourceDetail?.PhysicalResourceId ?? '';
  }).catch((thrown: unknown) => {
    const { name, message } = awsFailure(thrown);
    if (name === 'ValidationError')
      throw refuse({
        code: 'PL9001',
        message: `The stack ${stack} in ${region} has no function that makes people: ${message}`,
        hint: 'Name the stack that was launched from launchpad, or from people: --stack NAME --region REGION.',
      });
    throw awsRefusal('PL9002', thrown, place, {
      doing: `find the function of the stack ${stack}`,
      service: 'CloudFormation',
      subject: 'CloudFormation',
      needs: 'cloudformation:DescribeStackResource',
    });
  });
}

/** What the function answered. Its own words are for people; an error of Lambda's is one of the function that should not be. */
function answered(text: string, failure: string | undefined): unknown {
  const answer = jsonOf(text);
  const { error, errorMessage } = (answer ?? {}) as { readonly error?: unknown; readonly errorMessage?: unknown };
  if (typeof error === 'string')
    throw refuse({
      code: 'PL9004',
      message: error,
      hint: 'Nothing half-done needs mending: run it again when the reason is gone.',
    });
  if (failure === undefined && typeof answer === 'object' && answer !== null) return answer;
  throw refuse({
    code: 'PL9004',
    message: `The function failed: ${typeof errorMessage === 'string' ? errorMessage : text.slice(0, 500)}`,
    hint: 'Run it again: what is done already is not done twice. Its log group says more.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withHint({ diagnostics }: Refusal, more: string): Refusal {
  return new Refusal(diagnostics.map((one) => ({ ...one, hint: `${one.hint} ${more}` })));
}

function tooLong(bytes: number): Refusal {
  return refuse({
    code: 'PL9003',
    message: `The list of people has ${bytes} bytes; Lambda takes ${MOST_BYTES}.`,
    hint: 'Leave out keys that nobody uses.',
  });
}
