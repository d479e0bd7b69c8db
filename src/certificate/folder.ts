import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../diagnostics/refusal.ts';
import { type FileToWrite, writeFiles } from '../files/write-files.ts';
import type { Identity } from './x509/identity.ts';

/** Names of the files in the folder of a certificate. */
export const FILES = {
  authority: 'ca.pem',
  authorityKey: 'ca-key.pem',
  certificate: 'certificate.pem',
  key: 'certificate-key.pem',
} as const;

/** Keys are for their owner's eyes. */
const PRIVATE = 0o600;

/** Throws a Refusal (PL6012) when one of the files is there. `shown` is the folder as the user wrote it. */
export function checkFree(folder: string, shown: string): void {
  const found = Object.values(FILES).filter((file) => existsSync(join(folder, file)));
  if (found.length === 0) return;
  throw refuse({
    code: 'PL6012',
    message: `The folder ${shown} already contains ${found.join(', ')}.`,
    hint: 'For a new certificate under the same CA: podlaunch certificate renew. For another CA: another folder, with --out.',
  });
}

/** Writes the CA and its certificate, and a .gitignore, so that no key is committed. */
export function writeAll(folder: string, authority: Identity, leaf: Identity): void {
  writeFiles([
    { path: join(folder, '.gitignore'), content: '*\n' },
    { path: join(folder, FILES.authorityKey), content: authority.key, mode: PRIVATE },
    { path: join(folder, FILES.authority), content: authority.certificate },
    ...leafFiles(folder, leaf),
  ]);
}

/** Writes a new certificate over the one before. */
export function writeLeaf(folder: string, leaf: Identity): void {
  writeFiles(leafFiles(folder, leaf));
}

function leafFiles(folder: string, { certificate, key }: Identity): FileToWrite[] {
  return [
    { path: join(folder, FILES.key), content: key, mode: PRIVATE },
    { path: join(folder, FILES.certificate), content: certificate },
  ];
}

/** The CA of a folder, and whom and which key its certificate is for. */
export interface KeptAuthority extends Identity {
  readonly host: string;
  readonly leafKey: KeyObject;
  readonly notAfter: Date;
}

/**
 * Reads the CA of a folder.
 * @throws Refusal PL6013 when it is not there, PL6014 when it is broken, PL6015 when it has expired
 */
export function readAuthority(folder: string, shown: string, now: Date): KeptAuthority {
  const missing = [FILES.authority, FILES.authorityKey, FILES.certificate].filter(
    (file) => !existsSync(join(folder, file)),
  );
  if (missing.length > 0) {
    throw refuse({
      code: 'PL6013',
      message: `${shown} has no ${missing.join(', ')}.`,
      hint: 'Give the folder that podlaunch certificate create wrote, with --out. If the CA is lost, make a new one: podlaunch certificate create.',
    });
  }
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const key = read(FILES.authorityKey);
  const certificate = read(FILES.authority);
  const ca = parse(certificate, FILES.authority, shown);
  if (!matches(ca, key)) throw broken(`${FILES.authorityKey} is not the key of ${FILES.authority}`, shown);
  const leaf = parse(read(FILES.certificate), FILES.certificate, shown);
  const host = /^DNS:([^,\s]+)$/.exec(leaf.subjectAltName ?? '')?.[1];
  if (host === undefined || !leaf.verify(ca.publicKey)) {
    throw broken(`${FILES.certificate} is not a certificate that ${FILES.authority} issued for one host`, shown);
  }
  const notAfter = new Date(ca.validTo);
  if (notAfter <= now) {
    const hint = 'Make a new CA: podlaunch certificate create --out OTHER; nodes learn it from ACM.';
    throw refuse({ code: 'PL6015', message: `The CA in ${shown} expired on ${notAfter.toISOString()}.`, hint });
  }
  return { certificate, key, host, leafKey: leaf.publicKey, notAfter };
}

function parse(text: string, file: string, shown: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw broken(`${file} is not a certificate in PEM`, shown);
  }
}

function matches(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function broken(what: string, shown: string): Error {
  return refuse({ code: 'PL6014', message: `In ${shown}, ${what}.`, hint: 'Restore the folder from a backup.' });
}
