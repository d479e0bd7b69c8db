import { DirectoryServiceClient, ResetUserPasswordCommand } from '@aws-sdk/client-directory-service';
import { Fault } from './fault.ts';
import { retry } from './retry.ts';

/** Sets a password. The directory asks for no old one, and forgets how old it was. */
export async function resetPassword(
  DirectoryId: string,
  { UserName, NewPassword }: { readonly UserName: string; readonly NewPassword: string },
  stop: AbortSignal,
): Promise<void> {
  const directory = new DirectoryServiceClient({ retryMode: 'adaptive', maxAttempts: 8 });
  const command = new ResetUserPasswordCommand({ DirectoryId, UserName, NewPassword });
  try {
    await retry(stop, () => directory.send(command, { abortSignal: stop }));
  } catch (thrown) {
    stop.throwIfAborted();
    // Whatever AWS says, the name of its error is enough: a message could repeat what was asked.
    throw new Fault(`AWS did not set the password of ${UserName} (${(thrown as Error).name})`);
  }
}
