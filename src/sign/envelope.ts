import { fields, parseJson } from '../release/read-json.ts';
import { notSigned } from './not-signed.ts';
import type { ReleaseKey } from './release-key.ts';
import type { ReleaseSigner } from './signer.ts';

/** An in-toto statement. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** An envelope of a release has some 900 bytes. */
export const ENVELOPE_BYTES = 16_384;

/** The envelope of a provenance has some 32,000 bytes: it names each file. */
export const PROVENANCE_ENVELOPE_BYTES: number = 1024 * 1024;

/** What is signed of a payload, so that it is never taken for one of another type: https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType);
  const head = Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  return Buffer.concat([head, payload]);
}

/** Signs a statement: the text of a DSSE envelope with one signature. */
export async function sealed(statement: string | Uint8Array, signer: ReleaseSigner): Promise<string> {
  const payload = Buffer.from(statement);
  const signature = await signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload));
  const envelope = {
    payload: payload.toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: signer.publicKey.keyId, sig: Buffer.from(signature).toString('base64') }],
  };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** Whether a key can sign a statement: KMS takes no long messages for Ed25519. */
export function canSeal(statement: string | Uint8Array, { maxBytes }: ReleaseSigner): boolean {
  return preAuthEncoding(PAYLOAD_TYPE, Buffer.from(statement)).length <= maxBytes;
}

/**
 * Opens an envelope that a key must have sealed, and reads its statement.
 * @throws Refusal PL7107 as `openedBytes`
 */
export function opened(bytes: Uint8Array | 'larger', key: ReleaseKey, place: string): unknown {
  return parseJson(openedBytes(bytes, key, place));
}

/**
 * Opens an envelope that a key must have sealed. Which key an envelope names for itself is not looked at.
 * @param place how a message names the file
 * @returns the statement as the key has signed it
 * @throws Refusal PL7107 for a file that is none, or that this key has not signed
 */
export function openedBytes(bytes: Uint8Array | 'larger', key: ReleaseKey, place: string): Buffer {
  const { payload, payloadType, signatures } = fields(bytes === 'larger' ? undefined : parseJson(bytes));
  if (typeof payload === 'string' && payloadType === PAYLOAD_TYPE && Array.isArray(signatures)) {
    const statement = Buffer.from(payload, 'base64');
    const signed = preAuthEncoding(PAYLOAD_TYPE, statement);
    const isSigned = signatures.some((entry) => {
      const { sig } = fields(entry);
      return typeof sig === 'string' && key.verifies(signed, Buffer.from(sig, 'base64'));
    });
    if (isSigned) return statement;
  }
  throw notSigned(place, `it is not signed by the key ${key.keyId}`);
}
