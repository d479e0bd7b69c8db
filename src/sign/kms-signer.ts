import { awsRefusal } from '../cloud/aws-refusal.ts';
import { openClient } from '../cloud/client.ts';
import { attempt } from '../diagnostics/findings-of.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { publicKey } from './public-key.ts';
import type { ReleaseKey } from './release-key.ts';
import type { ReleaseSigner } from './signer.ts';

/** How KMS signs with the keys that podlaunch takes: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const ALGORITHMS = { 'ecdsa-p256': 'ECDSA_SHA_256', ed25519: 'ED25519_SHA_512' } as const;

/** The longest message that KMS takes as it is; of a longer one it takes the hash, and for Ed25519 none: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
const RAW_BYTES = 4096;

/** A signer whose key never leaves KMS. */
export interface KmsSigner extends ReleaseSigner {
  close(): void;
}

/**
 * Opens a key of KMS for signing: ECC_NIST_P256 or ECC_NIST_EDWARDS25519, with the usage SIGN_VERIFY. Loads the SDK.
 * @param arn of the key or of an alias: it says the region
 * @throws Refusal PL7101 for a key of another kind, PL7103 when KMS cannot be asked
 */
export async function openKmsSigner(arn: string, endpointUrl?: string): Promise<KmsSigner> {
  const region = arn.split(':')[3]!;
  const place = { region, endpointUrl };
  const { sdk, client } = await openClient(
    { service: 'KMS', ...place },
    () => import('@aws-sdk/client-kms'),
    ({ KMSClient }, settings) => new KMSClient(settings),
  );
  const ask = <T>(doing: string, needs: string, request: Promise<T>): Promise<T> =>
    request.catch((thrown: unknown) => {
      throw awsRefusal('PL7103', thrown, place, { doing, needs, service: 'KMS', subject: `the key ${arn}` });
    });
  const found = await ask(
    'read the public key',
    'kms:GetPublicKey',
    client.send(new sdk.GetPublicKeyCommand({ KeyId: arn })),
  );
  const key = found.KeyUsage === 'SIGN_VERIFY' ? signingKey(found.PublicKey!, arn) : undefined;
  if (!key) throw notForSigning(arn);
  const SigningAlgorithm = ALGORITHMS[key.algorithm];
  const isHashed = key.algorithm === 'ecdsa-p256';
  return {
    publicKey: key,
    maxBytes: isHashed ? Number.POSITIVE_INFINITY : RAW_BYTES,
    async sign(bytes) {
      const message = isHashed
        ? ({ Message: Buffer.from(sha256(bytes), 'hex'), MessageType: 'DIGEST' } as const)
        : ({ Message: bytes, MessageType: 'RAW' } as const);
      const command = new sdk.SignCommand({ KeyId: arn, ...message, SigningAlgorithm });
      return (await ask('sign', 'kms:Sign', client.send(command))).Signature!;
    },
    close: () => client.destroy(),
  };
}

/** The key by its bytes; undefined for one of another kind. */
function signingKey(der: Uint8Array, arn: string): ReleaseKey | undefined {
  return attempt(() => publicKey(der, arn)).value;
}

function notForSigning(arn: string): Error {
  return refuse({
    code: 'PL7101',
    message: `The key ${arn} of KMS is not one for signatures of ECDSA P-256 or Ed25519.`,
    hint: 'Make one: aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY.',
  });
}
