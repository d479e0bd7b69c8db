import { setTimeout as sleep } from 'node:timers/promises';

/** What CloudFormation asks of a custom resource. */
export interface Request<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: Properties;
}

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
}

/** CloudFormation takes no longer answer. */
const MOST_BYTES = 4096;
const TRIES = 5;
/** All tries together stay within the time that is kept back for them. */
const PATIENCE = 2_000;

/** Answers CloudFormation, with a few tries. The URL is a secret of sorts: whoever holds it can answer in our place. */
export async function answer(request: Request<unknown>, physicalId: string, given: Answer): Promise<void> {
  const body = Buffer.from(answerText(request, physicalId, given));
  for (let attempt = 1; ; attempt++) {
    const fault = await put(request.ResponseURL, body);
    if (fault === undefined) return;
    console.log(`CloudFormation could not be answered (try ${attempt} of ${TRIES}): ${fault}`);
    if (attempt === TRIES) throw new Error('CloudFormation could not be answered');
    await sleep(2 ** attempt * 100);
  }
}

/** The answer as JSON; a reason that does not fit is cut. */
export function answerText(request: Request<unknown>, PhysicalResourceId: string, { Status, Reason }: Answer): string {
  const { StackId, RequestId, LogicalResourceId } = request;
  const ids = { PhysicalResourceId, StackId, RequestId, LogicalResourceId };
  let text = JSON.stringify({ Status, Reason, ...ids });
  const letters = [...(Reason ?? '')];
  while (Buffer.byteLength(text) > MOST_BYTES && letters.length > 0) {
    letters.length = Math.floor(letters.length * 0.9);
    text = JSON.stringify({ Status, Reason: `${letters.join('')}…`, ...ids });
  }
  return text;
}

/** Gives what went wrong, without the URL. It is signed without a content type: bytes have none. */
async function put(url: string, body: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: 'PUT', body, signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (thrown) {
    const cause = (thrown as { cause?: { code?: unknown } }).cause;
    return String(cause?.code ?? 'no connection');
  }
}
