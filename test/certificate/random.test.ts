import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf, elements } from '../../src/certificate/x509/der.ts';
import { certificatesOf, type Made, type MakeOptions, make } from './made.ts';
import { faults, sameLeaf } from './peculiar.ts';

// More of them, or others: CERTIFICATES=5000 CERTIFICATES_SEED=7 npx vitest run --project unit test/certificate/random.test.ts
const COUNT = Number(process.env.CERTIFICATES ?? 500);
const SEED = Number(process.env.CERTIFICATES_SEED ?? 1);
const DAY = 24 * 60 * 60 * 1000;

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
const label = fc
  .tuple(letter, fc.string({ unit: fc.oneof(letter, fc.constant('-')), maxLength: 61 }), letter)
  .map((parts) => parts.join(''));
const host = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 5 }), fc.constantFrom('internal', 'example.com', 'test'))
  .map(([labels, domain]) => `${labels.join('.')}.${domain}`)
  .filter((name) => name.length <= 253);
// Both sides of 2050, where the form of a date changes.
const now = fc.date({ min: new Date('2026-01-01'), max: new Date('2070-01-01'), noInvalidDate: true });
const kinds = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
};
const like = fc.oneof(
  { weight: 58, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(kinds.rsa.publicKey) },
  { weight: 1, arbitrary: fc.constant(kinds.p384.publicKey) },
);
const asked = fc.record({ host, now, days: fc.integer({ min: 1, max: 3650 }), like });

describe(`${COUNT} random certificates`, () => {
  const options = fc.sample(asked, { numRuns: COUNT, seed: SEED }) as MakeOptions[];
  let made: Made[];
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-random-'));
    made = [];
    for (const one of options) made.push(await make(one));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('openssl takes each for a server, strictly, each under its own authority alone', () => {
    writeFileSync(join(folder, 'authorities.pem'), made.map(({ authority }) => authority).join(''));
    const leaves = made.map(({ leaf }, index) => {
      writeFileSync(join(folder, `${index}.pem`), leaf.certificate);
      return `${index}.pem`;
    });
    const strictly = ['verify', '-x509_strict', '-check_ss_sig', '-no_check_time', '-purpose', 'sslserver'];
    const said = execFileSync('openssl', [...strictly, '-CAfile', 'authorities.pem', ...leaves], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(said.trim().split('\n')).toEqual(leaves.map((leaf) => `${leaf}: OK`));
  });

  test('@peculiar/x509 finds nothing wrong with them', async () => {
    const found: [string, string[]][] = [];
    for (const one of made) found.push([one.host, await faults(one)]);
    expect(found.filter(([, wrong]) => wrong.length > 0)).toEqual([]);
  }, 60_000);

  test('@peculiar/x509 makes of the same values the same bytes, the signature aside', async () => {
    for (const one of made) {
      // Version, serial number, [algorithm], issuer, validity, subject, key, extensions.
      const parts = (der: Buffer) =>
        elements(contentOf(elements(contentOf(der))[0]!)).filter((_, index) => index !== 2);
      const [, ours] = certificatesOf(one);
      expect(parts(ours.raw), one.host).toEqual(parts(await sameLeaf(one)));
    }
  }, 60_000);

  test('Node.js reads host, dates and keys as they were asked for', () => {
    made.forEach((one, index) => {
      const [ca, leaf] = certificatesOf(one);
      const { now, days, like } = options[index]!;
      const second = (moment: Date, plus = 0) => Math.floor(moment.getTime() / 1000) * 1000 + plus;
      expect([leaf.checkHost(one.host), leaf.ca, ca.ca]).toEqual([one.host, false, true]);
      expect(leaf.checkIssued(ca) && leaf.verify(ca.publicKey)).toBe(true);
      expect(Date.parse(leaf.validFrom)).toBe(second(now, -DAY / 24));
      expect(Date.parse(leaf.validTo)).toBe(second(now, days * DAY));
      expect(leaf.publicKey.asymmetricKeyDetails).toMatchObject(
        like?.asymmetricKeyDetails ?? { namedCurve: 'prime256v1' },
      );
    });
  });

  test('no serial number comes twice', () => {
    const serials = made.flatMap((one) => certificatesOf(one).map(({ serialNumber }) => serialNumber));
    expect(new Set(serials).size).toBe(2 * COUNT);
    expect(serials.filter((serial) => !/^[4-7][0-9A-F]{39}$/.test(serial))).toEqual([]);
  });
});
