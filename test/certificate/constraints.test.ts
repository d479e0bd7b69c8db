import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAuthority } from '../../src/certificate/x509/identity.ts';
import { signerOf } from '../../src/certificate/x509/issue.ts';
import { newKey, privatePem } from '../../src/certificate/x509/keys.ts';

const host = 'ldaps.example.com';
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-constraints-'));
  const { publicKey, privateKey } = await newKey();
  const authority = await makeAuthority({ host, days: 10, now: new Date() }, signerOf(publicKey, privateKey));
  writeFileSync(join(folder, 'ca.pem'), authority);
  writeFileSync(join(folder, 'ca-key.pem'), privatePem(privateKey));
  openssl('req', '-new', '-subj', '/CN=whoever', '-key', 'ca-key.pem', '-out', 'request.pem');
});
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...argv: readonly string[]): string {
  return execFileSync('openssl', argv, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}

// What somebody could issue who may use the authority's key.
test.each([
  ['the host', `DNS:${host}`, /OK/],
  ['a name below it', `DNS:a.${host}`, /OK/],
  ['another host', 'DNS:ldaps.example.org', /permitted subtree violation/],
  ['its domain', 'DNS:example.com', /permitted subtree violation/],
  ['a name that ends like it', `DNS:x${host}`, /permitted subtree violation/],
  ['the host and another', `DNS:${host},DNS:www.example.com`, /permitted subtree violation/],
  ['the host and an IPv4 address', `DNS:${host},IP:10.0.0.1`, /excluded subtree violation/],
  ['an IPv6 address', 'IP:fd00::1', /excluded subtree violation/],
])('openssl of a leaf for %s', (_, names, verdict) => {
  const usages = 'keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n';
  writeFileSync(join(folder, 'leaf.cnf'), `basicConstraints=critical,CA:FALSE\n${usages}subjectAltName=${names}\n`);
  const signed = ['-req', '-in', 'request.pem', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-set_serial', '1'];
  openssl('x509', ...signed, '-days', '1', '-extfile', 'leaf.cnf', '-out', 'leaf.pem');
  expect(verified()).toMatch(verdict);
});

function verified(): string {
  try {
    return openssl('verify', '-x509_strict', '-CAfile', 'ca.pem', 'leaf.pem');
  } catch (thrown) {
    return String((thrown as { stderr?: string }).stderr);
  }
}
