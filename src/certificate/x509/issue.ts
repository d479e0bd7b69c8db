import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { bitString, contentOf, element, elements, objectIdentifier, sequence, time, utf8String } from './der.ts';
import * as extensions from './extensions.ts';

/** Who signs: a key at hand (`signerOf`), or one that never leaves where it is. RSA or EC. */
export interface Signer {
  readonly publicKey: KeyObject;
  /** Signs with SHA-256: PKCS #1 v1.5 with an RSA key, ECDSA in DER with an EC key. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** From when to when a certificate is valid, in whole seconds. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A CA that issues certificates of servers, and none of another CA. */
export interface AuthorityRequest extends Validity {
  readonly name: string;
  /** The DNS name that its certificates may be for, with all below it. */
  readonly permits: string;
}

/** A certificate of a TLS server. */
export interface ServerRequest extends Validity {
  readonly host: string;
  readonly publicKey: KeyObject;
}

/** A key that is at hand. */
export function signerOf(publicKey: KeyObject, privateKey: KeyObject): Signer {
  return { publicKey, sign: (bytes) => promisify(sign)('sha256', bytes, privateKey) };
}

/** The self-signed certificate of a CA, in PEM. */
export function issueAuthority({ name, permits, ...validity }: AuthorityRequest, signer: Signer): Promise<string> {
  const { publicKey } = signer;
  const subject = distinguishedName(name);
  return issue({ ...validity, subject, issuer: subject, publicKey, signer }, [
    extensions.isAuthority(),
    extensions.signsCertificates(),
    extensions.forHostsOf(permits),
    extensions.holderKey(publicKey),
  ]);
}

/** The certificate of a server under a CA, in PEM. `authority` is the CA's own, `signer` its key. */
export function issueServer(
  { host, publicKey, ...validity }: ServerRequest,
  authority: X509Certificate,
  signer: Signer,
): Promise<string> {
  const parts = { subject: distinguishedName(host), issuer: subjectOf(authority), publicKey, signer };
  return issue({ ...validity, ...parts }, [
    extensions.isNoAuthority(),
    extensions.signsHandshakes(publicKey),
    extensions.serverOnly(),
    extensions.forHost(host),
    extensions.holderKey(publicKey),
    extensions.issuerKey(authority.publicKey),
  ]);
}

/** sha256WithRSAEncryption, and ecdsa-with-SHA256, which has no parameters. */
const ALGORITHMS: Readonly<Record<string, Buffer>> = {
  rsa: sequence(objectIdentifier('1.2.840.113549.1.1.11'), element(0x05)),
  ec: sequence(objectIdentifier('1.2.840.10045.4.3.2')),
};

interface Parts extends Validity {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: Signer;
}

/** RFC 5280, 4.1. */
async function issue(parts: Parts, items: readonly Buffer[]): Promise<string> {
  const { subject, issuer, notBefore, notAfter, publicKey, signer } = parts;
  const algorithm = ALGORITHMS[signer.publicKey.asymmetricKeyType!]!;
  const version3 = element(0xa0, element(0x02, Buffer.from([2])));
  const body = sequence(
    ...[version3, element(0x02, serialNumber()), algorithm],
    ...[issuer, sequence(time(notBefore), time(notAfter)), subject],
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...items)),
  );
  return new X509Certificate(sequence(body, algorithm, bitString(await signer.sign(body)))).toString();
}

/** A common name has at most 64 characters; TLS looks at the subject alternative name only. */
function distinguishedName(commonName: string): Buffer {
  const attribute = (id: string, text: string) => element(0x31, sequence(objectIdentifier(id), utf8String(text)));
  return sequence(attribute('2.5.4.10', 'podlaunch'), attribute('2.5.4.3', commonName.slice(0, 64)));
}

/** The subject as the certificate writes it: verifiers compare bytes. It comes after version, number, algorithm, issuer, validity. */
function subjectOf(certificate: X509Certificate): Buffer {
  const [body] = elements(contentOf(certificate.raw));
  return elements(contentOf(body!))[5]!;
}

/** 20 bytes, as many as RFC 5280 allows; 158 bits are random, the first ones make it positive and not 0. */
function serialNumber(): Buffer {
  const bytes = randomBytes(20);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
}
