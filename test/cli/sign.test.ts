import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

const PASSPHRASE = 'open sesame';
let cwd: string;
const run = (argv: string[], passphrase?: string) =>
  runCli(argv, { cwd, env: passphrase === undefined ? {} : { PODLAUNCH_SIGNING_PASSPHRASE: passphrase } });

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-cli-sign-'));
  const { privateKey } = generateKeyPairSync('ed25519');
  const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const;
  writeFileSync(join(cwd, 'key.pem'), privateKey.export(locked));
  writeFileSync(join(cwd, 'key.pub.pem'), createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(cwd, 'podlaunch.yaml'), 'publish:\n  to: ./out\n  signingKey: ./key.pem\n');
});
afterEach(() => rmSync(cwd, { recursive: true }));

test('publish signs with the key of podlaunch.yaml, and verify checks that', async () => {
  expect((await run(['publish', '--version', '1.0.0'], PASSPHRASE)).code).toBe(0);
  const { code, out } = await run(['verify', './out', '--key', 'key.pub.pem']);
  const signed =
    /\nSigned by the key ([0-9a-f]{64})\.\nIt signed the provenance, too: signatures\/\1\.provenance\.json\n$/;
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(signed) });
  const [, keyId] = /Signed by the key (\w+)/.exec(out)!;
  expect((await run(['verify', '--version', '1.0.0'])).out).toContain('which the same place names: compare it');
  expect((await run(['verify', './out/releases/1.0.0', '--key', 'key.pub.pem'])).code).toBe(0);
  expect((await run(['keys', 'list'])).out).toMatch(new RegExp(`^${keyId}  since .*\\n-----BEGIN PUBLIC KEY-----\\n`));
  expect((await run(['verify', './out', '--key', '0'.repeat(64)])).err).toContain('PL7109');
  expect((await run(['verify', './out', '--key', 'key.pem'])).err).toContain('PL7104');
  expect((await run(['keys', 'withdraw', keyId!, '--why', 'Lost.'])).code).toBe(0);
  expect((await run(['verify', './out', '--key', keyId!])).err).toContain('PL7106');
  expect((await run(['sign', '1.0.0'], PASSPHRASE)).err).toContain('PL7106');
  // Nobody who gives no key takes a release for a good one that only a key has signed that was withdrawn.
  expect((await run(['verify', './out'])).err).toContain(
    'warning PL7108: Release 1.0.0 is not signed by a key that counts',
  );
});

test('a release from before is signed later', async () => {
  writeFileSync(join(cwd, 'plain.yaml'), 'publish:\n  to: ./out\n');
  expect((await run(['publish', '--version', '1.0.0', '--config', 'plain.yaml'])).code).toBe(0);
  expect((await run(['verify', './out', '--key', 'key.pub.pem'])).err).toContain('PL7108');
  expect((await run(['sign', '1.0.0', '--config', 'plain.yaml'])).err).toContain('PL7101');
  expect((await run(['sign', '1.0.0'], PASSPHRASE)).code).toBe(0);
  expect((await run(['verify', './out', '--key', 'key.pub.pem'])).code).toBe(0);
});

test('without its passphrase nothing is written, and nothing of either is shown', async () => {
  for (const passphrase of [undefined, 'wrong one']) {
    const { code, out, err } = await run(['publish', '--version', '1.0.0'], passphrase);
    expect({ code, there: existsSync(join(cwd, 'out')) }).toEqual({ code: 1, there: false });
    expect(err).toContain('PL7102');
    expect(out + err).not.toMatch(/wrong one|BEGIN/);
  }
  expect((await run(['publish', '--version', '1.0.0', '--dry-run'])).code).toBe(0);
});
