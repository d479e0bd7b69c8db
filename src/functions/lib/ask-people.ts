import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Fault } from './fault.ts';

/** Lambda makes the interfaces of a function in a VPC when it is made, and again when it was idle for two weeks. */
const NOT_READY = ['ResourceConflictException', 'ResourceNotReadyException', 'CodeArtifactUserPendingException'];
const BETWEEN_TRIES = 5_000;
/** How long a role that is seconds old is taken for one that IAM does not know everywhere yet, in ms. */
const UNTIL_KNOWN = 60_000;

/**
 * Calls the people function once it is there, and gives what it answers (src/functions/people/requests.ts). It is called
 * once: a call that got no answer may still be at work. Throws a Fault with the function's own words.
 */
export async function askPeople(functionArn: string, call: object, stop: AbortSignal): Promise<object> {
  const lambda = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 900_000 } });
  const command = () => new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify(call) });
  for (const begin = Date.now(); ; ) {
    try {
      const { FunctionError, Payload = new Uint8Array() } = await lambda.send(command(), { abortSignal: stop });
      const said = JSON.parse(Buffer.from(Payload).toString() || 'null');
      if (FunctionError) throw new Fault(`The people function broke off: ${said?.errorMessage ?? FunctionError}`);
      if ('error' in said) throw new Fault(said.error);
      return said;
    } catch (thrown) {
      stop.throwIfAborted();
      const { name } = thrown as Error;
      const isNew = name === 'AccessDeniedException' && Date.now() - begin < UNTIL_KNOWN;
      if (!NOT_READY.includes(name) && !isNew) throw thrown;
      console.log(`The people function is not ready (${name})`);
      await sleep(BETWEEN_TRIES, undefined, { signal: stop });
    }
  }
}
