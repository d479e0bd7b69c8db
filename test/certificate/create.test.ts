import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CA_DAYS } from '../../src/certificate/authority.ts';
import { createCertificate } from '../../src/certificate/create.ts';
import { refusalOf } from '../support/refused.ts';

const host = 'ldaps.hyperpod.abc123.com';
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const DAY = 24 * 60 * 60 * 1000;

let cwd: string;
let folder: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-certificate-'));
  folder = join(cwd, 'certificate');
  await createCertificate({ host, days: 30, cwd, now });
});
afterAll(() => rmSync(cwd, { recursive: true }));

const read = (file: string) => readFileSync(join(folder, file), 'utf8');

describe('the files', () => {
  test('are these, the keys for their owner only', () => {
    expect(readdirSync(folder).sort()).toEqual([
      '.gitignore',
      'ca-key.pem',
      'ca.pem',
      'certificate-key.pem',
      'certificate.pem',
    ]);
    for (const key of ['ca-key.pem', 'certificate-key.pem'])
      expect(statSync(join(folder, key)).mode & 0o777).toBe(0o600);
    expect(read('.gitignore')).toBe('*\n');
  });

  test('are never overwritten', async () => {
    const before = read('ca-key.pem');
    const [finding] = await refusalOf(createCertificate({ host, cwd, now }));
    expect(finding).toMatchObject({ code: 'PL6012', hint: expect.stringContaining('certificate renew') });
    expect(read('ca-key.pem')).toBe(before);
  });

  test('one of them is enough to refuse', async () => {
    const other = mkdtempSync(join(tmpdir(), 'podlaunch-certificate-'));
    writeFileSync(join(other, 'ca-key.pem'), 'mine');
    const [finding] = await refusalOf(createCertificate({ host, folder: other, now }));
    expect(finding?.code).toBe('PL6012');
    expect(readdirSync(other)).toEqual(['ca-key.pem']);
    rmSync(other, { recursive: true });
  });
});

describe('the certificates', () => {
  test('openssl accepts the leaf as a TLS server of the host under the CA, and of no other host', () => {
    const verify = (name: string) =>
      execFileSync(
        'openssl',
        [
          'verify',
          '-x509_strict',
          '-purpose',
          'sslserver',
          '-verify_hostname',
          name,
          '-CAfile',
          'ca.pem',
          'certificate.pem',
        ],
        { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
      );
    expect(verify(host)).toBe('certificate.pem: OK\n');
    expect(() => verify('ldaps.example.com')).toThrow(/hostname mismatch/i);
  });

  test('the leaf: EC P-256, one name, for servers, for the days asked', () => {
    const leaf = new X509Certificate(read('certificate.pem'));
    expect(leaf.ca).toBe(false);
    expect(leaf.subjectAltName).toBe(`DNS:${host}`);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(leaf.checkPrivateKey(createPrivateKey(read('certificate-key.pem')))).toBe(true);
    expect(new Date(leaf.validTo)).toEqual(new Date(now.getTime() + 30 * DAY));
    expect(new Date(leaf.validFrom).getTime()).toBeLessThan(now.getTime());
    expect(leaf.serialNumber).toMatch(/^[4-7][0-9A-F]{39}$/);
  });

  test('the CA: may issue leaves for the host only, and outlives them', () => {
    const ca = new X509Certificate(read('ca.pem'));
    expect(ca.ca).toBe(true);
    const text = execFileSync('openssl', ['x509', '-noout', '-text', '-in', 'ca.pem'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
    const constraints =
      /Name Constraints: critical\s+Permitted:\s+DNS:(\S+)\s+Excluded:\s+IP:0[.]0[.]0[.]0\/0[.]0[.]0[.]0\s+IP:0/;
    expect(constraints.exec(text)?.[1]).toBe(host);
    expect(new Date(ca.validTo)).toEqual(new Date(now.getTime() + CA_DAYS * DAY));
  });

  test('a client that trusts the CA shakes hands with a server that has the leaf', async () => {
    const server = createServer({ cert: read('certificate.pem'), key: read('certificate-key.pem') }, (socket) =>
      socket.end('hello'),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const meet = (servername: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ port, host: '127.0.0.1', servername, ca: read('ca.pem') }, () =>
          resolve(socket.getProtocol()!),
        );
        socket.once('error', reject).resume();
      });
    try {
      expect(await meet(host)).toBe('TLSv1.3');
      await expect(meet('other.example.com')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    } finally {
      server.close();
    }
  });
});

test('a host name of more than 64 characters', async () => {
  const long = `ldaps.${'a'.repeat(60)}.example.com`;
  const other = mkdtempSync(join(tmpdir(), 'podlaunch-certificate-'));
  await createCertificate({ host: long, folder: other, now });
  expect(new X509Certificate(readFileSync(join(other, 'certificate.pem'))).checkHost(long)).toBe(long);
  rmSync(other, { recursive: true });
});

describe('refused before anything is written', () => {
  test.each([
    ['no dot', { host: 'ldaps' }, 'PL6010'],
    ['a wildcard', { host: '*.example.com' }, 'PL6010'],
    ['upper case', { host: 'LDAPS.example.com' }, 'PL6010'],
    ['an address', { host: '10.0.0.1' }, 'PL6010'],
    ['too long', { host: `${'a.'.repeat(130)}com` }, 'PL6010'],
    ['no days', { host, days: 0 }, 'PL6011'],
    ['too many days', { host, days: 3651 }, 'PL6011'],
    ['half a day', { host, days: 0.5 }, 'PL6011'],
  ])('%s', async (_, options, code) => {
    const other = join(cwd, 'other');
    expect((await refusalOf(createCertificate({ ...options, folder: other, now }))).map((d) => d.code)).toEqual([code]);
    expect(readdirSync(cwd)).toEqual(['certificate']);
  });
});
