import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../../certificate/x509/issue.ts';
import { retry } from '../lib/retry.ts';

/** The authority's key: KMS signs with it, and gives nobody its bytes. */
export async function kmsSigner(KeyId: string, stop: AbortSignal): Promise<Signer> {
  const kms = new KMSClient({});
  const asked = { abortSignal: stop };
  const { PublicKey } = await retry(stop, () => kms.send(new GetPublicKeyCommand({ KeyId }), asked));
  return {
    publicKey: createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' }),
    async sign(Message) {
      const command = new SignCommand({ KeyId, Message, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' });
      return (await retry(stop, () => kms.send(command, asked))).Signature!;
    },
  };
}
