import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { Fault } from '../lib/fault.ts';
import { retry } from '../lib/retry.ts';
import type { RotationState, Version } from './next-step.ts';

/** On the version of an emergency, until the other account has a new password, too. */
const EMERGENCY = 'podlaunch:emergency';

/** The bind secret, and what rotation changes of it. */
export interface RotatedSecret {
  read(): Promise<RotationState>;
  /** Writes a version that nobody uses yet. Gives its id. */
  prepare(value: { readonly bindDn: string; readonly password: string }, isEmergency: boolean): Promise<string>;
  /** Makes a version the current one, if `from` still is. */
  switch(to: string, from: string): Promise<void>;
  /** Says that the emergency of a version is over. */
  calmDown(version: string): Promise<void>;
}

export function rotatedSecret(SecretId: string, stop: AbortSignal): RotatedSecret {
  const client = new SecretsManagerClient({});
  const asked = { abortSignal: stop };
  const moveLabel = (label: { VersionStage: string; MoveToVersionId?: string; RemoveFromVersionId: string }) =>
    retry(stop, () => client.send(new UpdateSecretVersionStageCommand({ SecretId, ...label }), asked));
  return {
    async read() {
      const { VersionIdsToStages: stages = {}, LastChangedDate } = await retry(stop, () =>
        client.send(new DescribeSecretCommand({ SecretId }), asked),
      );
      const versions = Object.entries(stages);
      // The version that became the current one may still be called pending.
      const pending = versions.find(([, has]) => has.includes('AWSPENDING') && !has.includes('AWSCURRENT'));
      const current = versions.find(([, has]) => has.includes('AWSCURRENT'));
      if (!current) throw new Fault(`The bind secret ${SecretId} has no current version.`);
      return {
        current: await version(current),
        pending: pending && (await version(pending)),
        changed: LastChangedDate?.getTime() ?? 0,
      };
    },
    async prepare(value, isEmergency) {
      const ClientRequestToken = randomUUID();
      const VersionStages = ['AWSPENDING', ...(isEmergency ? [EMERGENCY] : [])];
      const SecretString = JSON.stringify(value);
      const command = () => new PutSecretValueCommand({ SecretId, SecretString, VersionStages, ClientRequestToken });
      await retry(stop, () => client.send(command(), asked)).catch((thrown) => {
        stop.throwIfAborted();
        // The name of the error is enough: a message could repeat what was asked.
        throw new Fault(`AWS did not take the new password into the bind secret (${(thrown as Error).name})`);
      });
      return ClientRequestToken;
    },
    async switch(to, from) {
      await moveLabel({ VersionStage: 'AWSCURRENT', MoveToVersionId: to, RemoveFromVersionId: from });
    },
    async calmDown(id) {
      await moveLabel({ VersionStage: EMERGENCY, RemoveFromVersionId: id });
    },
  };

  async function version([id, stages]: readonly [string, readonly string[]]): Promise<Version> {
    const { SecretString = '', CreatedDate } = await retry(stop, () =>
      client.send(new GetSecretValueCommand({ SecretId, VersionId: id }), asked),
    );
    return {
      id,
      bindDn: bindDnIn(SecretString),
      created: +(CreatedDate ?? 0),
      isEmergency: stages.includes(EMERGENCY),
    };
  }
}

/** Empty where the text is none of ours: then it names neither account. */
function bindDnIn(text: string): string {
  try {
    return String(Object(JSON.parse(text)).bindDn ?? '');
  } catch {
    return '';
  }
}
