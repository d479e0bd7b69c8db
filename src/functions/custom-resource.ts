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

/** CloudFormation takes at most 4,096 bytes; the ids beside the reason need the rest. */
const REASON_BYTES = 2048;
const TRIES = 5;

/** Answers CloudFormation, with a few tries. The URL is a secret of sorts: whoever holds it can answer in our place. */
export async function answer(request: Request<unknown>, physicalId: string, { Status, Reason }: Answer): Promise<void> {
  const body = Buffer.from(
    JSON.stringify({
      Status,
      Reason: Reason === undefined ? undefined : cut(Reason),
      PhysicalResourceId: physicalId,
      StackId: request.StackId,
      RequestId: request.RequestId,
      LogicalResourceId: request.LogicalResourceId,
    }),
  );
  for (let attempt = 1; ; attempt++) {
    const fault = await put(request.ResponseURL, body);
    if (fault === undefined) return;
    console.log(`CloudFormation could not be answered (try ${attempt} of ${TRIES}): ${fault}`);
    if (attempt === TRIES) throw new Error('CloudFormation could not be answered');
    await sleep(2 ** attempt * 100);
  }
}

/** The URL is signed without a content type: bytes have none. */
async function put(url: string, body: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: 'PUT', body });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (thrown) {
    const cause = (thrown as { cause?: { code?: unknown } }).cause;
    return String(cause?.code ?? 'no connection');
  }
}

function cut(reason: string): string {
  const bytes = Buffer.from(reason);
  return bytes.length <= REASON_BYTES
    ? reason
    : `${bytes
        .subarray(0, REASON_BYTES)
        .toString()
        .replace(/\ufffd+$/, '')}…`;
}
