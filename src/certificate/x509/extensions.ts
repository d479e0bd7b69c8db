import { createHash, type KeyObject } from 'node:crypto';
import { bitString, contentOf, element, elements, objectIdentifier, octetString, sequence } from './der.ts';

/** The extensions of RFC 5280, 4.2, that a CA of one host and its server certificates have. */

const TRUE = element(0x01, Buffer.from([0xff]));

/** The holder may issue certificates, but no other CA. */
export function isAuthority(): Buffer {
  return critical('2.5.29.19', sequence(TRUE, element(0x02, Buffer.from([0]))));
}

export function isNoAuthority(): Buffer {
  return critical('2.5.29.19', sequence());
}

/** The key signs certificates and lists of revoked ones. */
export function signsCertificates(): Buffer {
  return critical('2.5.29.15', bitString(Buffer.from([0x06]), 1));
}

/** The key signs; with an RSA key a session's key may be encrypted too. */
export function signsHandshakes(key: KeyObject): Buffer {
  const bits = key.asymmetricKeyType === 'rsa' ? bitString(Buffer.from([0xa0]), 5) : bitString(Buffer.from([0x80]), 7);
  return critical('2.5.29.15', bits);
}

/** The key is a TLS server's. */
export function serverOnly(): Buffer {
  return extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')));
}

export function forHost(host: string): Buffer {
  return extension('2.5.29.17', sequence(dnsName(host)));
}

/** The CA may issue for this name and all below it, and for nothing else: no address of IPv4 or IPv6 either. */
export function forHostsOf(host: string): Buffer {
  const permitted = element(0xa0, sequence(dnsName(host)));
  const anyAddress = [8, 32].map((bytes) => sequence(element(0x87, Buffer.alloc(bytes))));
  return critical('2.5.29.30', sequence(permitted, element(0xa1, ...anyAddress)));
}

export function holderKey(key: KeyObject): Buffer {
  return extension('2.5.29.14', octetString(identifier(key)));
}

export function issuerKey(key: KeyObject): Buffer {
  return extension('2.5.29.35', sequence(element(0x80, identifier(key))));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), octetString(value));
}

/** One that a verifier must know, or refuse the certificate. */
function critical(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), TRUE, octetString(value));
}

function dnsName(host: string): Buffer {
  return element(0x82, Buffer.from(host));
}

/** SHA-1 of the key's bits, without the byte that says how many of them do not count (RFC 5280, 4.2.1.2). */
function identifier(key: KeyObject): Buffer {
  const [, bits] = elements(contentOf(key.export({ type: 'spki', format: 'der' })));
  return createHash('sha1').update(contentOf(bits!).subarray(1)).digest();
}
