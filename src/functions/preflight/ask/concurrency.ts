import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import type { Clients } from '../clients.ts';

/** How many runs of Lambda functions the account has at a time, without those that are set aside for one function. */
export async function askConcurrency({ lambda }: Clients, stop: AbortSignal): Promise<number> {
  const { AccountLimit = {} } = await lambda.send(new GetAccountSettingsCommand({}), { abortSignal: stop });
  return AccountLimit.UnreservedConcurrentExecutions ?? 0;
}
