import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** A public key and its private one. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Makes a key: EC P-256, or of the kind and size of another one. */
export function newKey(like?: KeyObject): Promise<KeyPair> {
  const { modulusLength, namedCurve = 'P-256' } = like?.asymmetricKeyDetails ?? {};
  return modulusLength === undefined ? generate('ec', { namedCurve }) : generate('rsa', { modulusLength });
}

/** A private key in the form in which ACM's documentation shows each kind. */
export function privatePem(key: KeyObject): string {
  return key.export({ format: 'pem', type: key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs8' }).toString();
}
