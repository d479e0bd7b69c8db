import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CA_DAYS, endOf, issuer, newAuthority } from '../../src/certificate/authority.ts';
import { createCertificate } from '../../src/certificate/create.ts';
import { readAuthority } from '../../src/certificate/folder.ts';
import { renewCertificate } from '../../src/certificate/renew.ts';
import { issueLeaf } from '../../src/certificate/x509/identity.ts';
import { codesOf, refusalOf } from '../support/refused.ts';

const arn = 'arn:aws:acm:us-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef';
const host = 'ldaps.example.com';
const now = new Date();
const later = (days: number): Date => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-renew-'));
  await createCertificate({ host, folder: 'a', cwd, now });
  await createCertificate({ host, folder: 'b', cwd, now });
});
afterAll(() => rmSync(cwd, { recursive: true }));

test.each([
  ['no ARN', { arn: 'my-certificate' }, 'PL6016'],
  ['an ARN of another region', { arn, region: 'eu-west-1' }, 'PL6016'],
  ['no days', { arn, days: 0 }, 'PL6011'],
  ['no folder', { arn, folder: 'nowhere' }, 'PL6013'],
])('%s is refused', async (_, options, code) => {
  expect((await refusalOf(renewCertificate({ cwd, ...options }))).map((d) => d.code)).toEqual([code]);
});

const spoiled: [string, (folder: string) => void][] = [
  ['the key of another CA', (folder) => copyFileSync(join(cwd, 'b/ca-key.pem'), join(folder, 'ca-key.pem'))],
  ['no key at all', (folder) => writeFileSync(join(folder, 'ca-key.pem'), 'no key')],
  ['a CA that is no certificate', (folder) => writeFileSync(join(folder, 'ca.pem'), 'no certificate')],
  [
    'a certificate of another CA',
    (folder) => copyFileSync(join(cwd, 'b/certificate.pem'), join(folder, 'certificate.pem')),
  ],
];

test.each(spoiled)('a folder with %s is refused', (_, spoil) => {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-renew-'));
  cpSync(join(cwd, 'a'), folder, { recursive: true });
  spoil(folder);
  expect(codesOf(() => readAuthority(folder, 'it', now))).toEqual(['PL6014']);
  rmSync(folder, { recursive: true });
});

test('a CA that has expired is refused', () => {
  expect(codesOf(() => readAuthority(join(cwd, 'a'), 'a', later(CA_DAYS + 1)))).toEqual(['PL6015']);
  expect(readAuthority(join(cwd, 'a'), 'a', later(CA_DAYS - 1)).host).toBe(host);
});

test('a certificate does not outlive its CA', async () => {
  const authority = await newAuthority(host, now);
  const leaf = await issueLeaf(issuer(authority), { host, days: 365, now: later(CA_DAYS - 10) });
  expect(endOf(leaf)).toEqual(endOf(authority));
});
