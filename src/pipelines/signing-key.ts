import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chooseEndpoint } from '../cloud/endpoint.ts';
import type { Config } from '../config/config.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { offlineSigner, type ReleaseSigner } from '../sign/signer.ts';

/** What opens a signing key. */
export interface SigningOptions {
  /** Folder that the file of a key is relative to. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is asked for the passphrase of a locked key where PODLAUNCH_SIGNING_PASSPHRASE says none. */
  readonly passphrase?: (file: string) => Promise<string>;
}

/** A key, until it is no longer needed. */
export interface OpenSigner extends ReleaseSigner {
  close(): void;
}

/**
 * Opens the key that a configuration signs releases with, `publish.signingKey`; undefined where it names none.
 * @throws Refusal PL7101 to PL7103
 */
export async function openSigner(
  { publish }: Pick<Config, 'publish'>,
  { cwd, env, passphrase }: SigningOptions,
): Promise<OpenSigner | undefined> {
  const { signingKey } = publish;
  if (signingKey === undefined) return undefined;
  if (signingKey.startsWith(KMS)) {
    const { openKmsSigner } = await import('../sign/kms-signer.ts');
    return openKmsSigner(signingKey.slice(KMS.length), chooseEndpoint('KMS', undefined, env));
  }
  const ask = async () => env['PODLAUNCH_SIGNING_PASSPHRASE'] ?? passphrase?.(signingKey);
  return { ...(await offlineSigner(readKey(resolve(cwd, signingKey), signingKey), signingKey, ask)), close: () => {} };
}

/** How a key in KMS begins. */
const KMS = 'kms:';

function readKey(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (failure) {
    throw refuse({
      code: 'PL7101',
      message: `The signing key ${name} cannot be read: ${(failure as NodeJS.ErrnoException).code}.`,
      hint: 'Correct publish.signingKey, or make a key: openssl genpkey -algorithm ed25519 -aes256 -out release-key.pem.',
    });
  }
}
