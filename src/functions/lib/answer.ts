import { setTimeout as sleep } from 'node:timers/promises';

/** What CloudFormation asks of a custom resource. */
export interface Request<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** Not there when a resource is to be created. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** There when a resource is to be updated. */
  readonly OldResourceProperties?: Properties;
}

/** How it ended. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  /** What Fn::GetAtt gives: ids and names, for the answer must fit with them. */
  readonly Data?: Readonly<Record<string, string>>;
}

/** CloudFormation takes no longer answer. */
const MOST_BYTES = 4096;
const TRIES = 5;
/** All tries together stay within the time that is kept back for them. */
const PATIENCE = 2_000;

/** Answers CloudFormation, with a few tries. The URL is a secret of sorts: anyone who has it can answer in our place. */
export async function answer(request: Request<unknown>, given: Answer): Promise<void> {
  const body = Buffer.from(answerText(request, given));
  for (let attempt = 1; ; attempt++) {
    const fault = await put(request.ResponseURL, body);
    if (fault === undefined) return;
    console.log(`Answer, try ${attempt} of ${TRIES}: ${fault}`);
    if (attempt === TRIES) throw new Error('no answer was taken');
    await sleep(2 ** attempt * 100);
  }
}

/** The answer as JSON; a reason that does not fit is cut. */
export function answerText(request: Request<unknown>, given: Answer): string {
  const { StackId, RequestId, LogicalResourceId } = request;
  const written = (it: Answer) => JSON.stringify({ ...it, StackId, RequestId, LogicalResourceId });
  let text = written(given);
  const letters = [...(given.Reason ?? '')];
  while (Buffer.byteLength(text) > MOST_BYTES && letters.length > 0) {
    letters.length = Math.floor(letters.length * 0.9);
    text = written({ ...given, Reason: `${letters.join('')}…` });
  }
  return text;
}

/** Gives what went wrong, without the URL. It is signed without a content type: bytes have none. */
async function put(url: string, body: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: 'PUT', body, signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (thrown) {
    return String((thrown as { cause?: { code?: unknown } }).cause?.code ?? 'no connection');
  }
}
