import {
  CreateSecretCommand,
  DeleteSecretCommand,
  ListSecretsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { Fault } from '../lib/fault.ts';
import { retry } from '../lib/retry.ts';
import type { HandedOver } from './requests.ts';

/** How long a password can be read, and how long its secret is kept, in ms. */
const KEPT = 7 * 24 * 60 * 60_000;

/**
 * Writes a person's password into a secret of their own, which `reader` alone may read, for a week. The policy is there
 * before the password is. Throws a Fault that never shows the password.
 */
export async function handOver(
  prefix: string,
  { name, password, reader }: { readonly name: string; readonly password: string; readonly reader: string },
  stop: AbortSignal,
): Promise<HandedOver> {
  const secrets = new SecretsManagerClient({});
  const readableUntil = new Date(Date.now() + KEPT).toISOString().replace(/[.]\d+/, '');
  const create = new CreateSecretCommand({
    Name: prefix + name,
    Description: `A password for ${name}, to be read once`,
  });
  const policy = new PutResourcePolicyCommand({
    SecretId: prefix + name,
    ResourcePolicy: JSON.stringify(readableBy(reader, readableUntil)),
    BlockPublicPolicy: true,
  });
  const value = new PutSecretValueCommand({
    SecretId: prefix + name,
    SecretString: JSON.stringify({ username: name, password }),
  });
  const asked = { abortSignal: stop };
  try {
    await retry(stop, () => secrets.send(create, asked)).catch((thrown) => {
      if (thrown.name !== 'ResourceExistsException') throw thrown;
    });
    await retry(stop, () => secrets.send(policy, asked));
    const { ARN = prefix + name } = await retry(stop, () => secrets.send(value, asked));
    return { secret: ARN, readableUntil };
  } catch (thrown) {
    stop.throwIfAborted();
    // A message of AWS's could repeat what was asked.
    const { name: error } = thrown as Error;
    const why = error === 'MalformedPolicyDocumentException' ? `there is no ${reader}` : error;
    throw new Fault(`Secrets Manager did not take the password for ${name} (${why}). The one of now is still in force`);
  }
}

/** Deletes the secrets that cannot be read any more. */
export async function forgetHandedOver(prefix: string, stop: AbortSignal): Promise<void> {
  const secrets = new SecretsManagerClient({});
  const asked = { abortSignal: stop };
  for (let NextToken: string | undefined; ; ) {
    const list = new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [prefix] }], NextToken });
    const { SecretList = [], NextToken: next } = await retry(stop, () => secrets.send(list, asked));
    for (const { Name = '', LastChangedDate } of SecretList) {
      // Secrets Manager compares without case.
      if (!Name.startsWith(prefix) || Number(LastChangedDate) > Date.now() - KEPT) continue;
      const remove = new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true });
      await retry(stop, () => secrets.send(remove, asked));
      console.log(`Deleted ${Name}, which nobody could read any more`);
    }
    if (next === undefined) return;
    NextToken = next;
  }
}

/** Whatever IAM allows: no one else reads it, and after its time no one at all. */
function readableBy(reader: string, until: string) {
  const Action = ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'];
  const all = { Action, Resource: '*' };
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: reader }, ...all },
    { Effect: 'Deny', Principal: '*', ...all, Condition: { ArnNotEquals: { 'aws:PrincipalArn': reader } } },
    { Effect: 'Deny', Principal: '*', ...all, Condition: { DateGreaterThan: { 'aws:CurrentTime': until } } },
  ];
  return { Version: '2012-10-17', Statement };
}
