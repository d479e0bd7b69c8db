import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listKeys, withdrawListedKey } from '../../src/publish/keys.ts';
import { publishRelease } from '../../src/publish/publish-release.ts';
import { signPublished } from '../../src/publish/sign-published.ts';
import { provenanceSignaturePath, signaturePath } from '../../src/release/layout.ts';
import type { Release } from '../../src/release/release.ts';
import type { FolderTarget } from '../../src/release/target.ts';
import { offlineSigner, type ReleaseSigner } from '../../src/sign/signer.ts';
import { releaseFolder } from '../../src/verify/release-folder.ts';
import { verifyRelease } from '../../src/verify/verify-release.ts';
import { refusalOf } from '../support/refused.ts';
import { smallRelease } from './small-release.ts';

const signerOf = (type: 'ed25519' | 'ec') => {
  const { privateKey } =
    type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return offlineSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'key.pem');
};
const [first, second, elliptic] = await Promise.all([signerOf('ed25519'), signerOf('ed25519'), signerOf('ec')]);
const [ONE, TWO] = [smallRelease('1.0.0'), smallRelease('2.0.0', 'new')];

let target: FolderTarget;
beforeEach(() => {
  target = { kind: 'folder', folder: join(mkdtempSync(join(tmpdir(), 'podlaunch-sign-')), 'out') };
});
afterEach(() => rmSync(dirname(target.folder), { recursive: true }));

const place = (path: string) => join(target.folder, path);
const codes = async (promise: Promise<unknown>) => (await refusalOf(promise)).map(({ code }) => code);
const publish = (release: Release, signer?: ReleaseSigner) => publishRelease(release, target, signer ? { signer } : {});
const verify = (version: string, ...signers: readonly ReleaseSigner[]) =>
  verifyRelease(target, {
    pin: { version },
    audience: 'public',
    trustedKeys: signers.map(({ publicKey }) => publicKey.pem),
  });
const signature = (version: string, { publicKey }: ReleaseSigner) =>
  place(`releases/${version}/${signaturePath(publicKey.keyId)}`);
const sealedProvenance = (version: string, { publicKey }: ReleaseSigner) =>
  place(`releases/${version}/${provenanceSignaturePath(publicKey.keyId)}`);

describe.each([
  ['Ed25519', first],
  ['ECDSA', elliptic],
])('%s', (_, signer) => {
  test('what is published is signed, and verified with the public key alone', async () => {
    await publish(ONE, signer);
    const { keyId, pem } = signer.publicKey;
    const found = { signedBy: [keyId], provenanceSignedBy: [keyId], trusted: true, warnings: [] };
    expect(await verify('1.0.0', signer)).toMatchObject(found);
    expect(await listKeys(target, { audience: 'public' })).toMatchObject([{ keyId, publicKey: pem }]);
    const byId = { pin: { version: '1.0.0' }, audience: 'public', trustedKeys: [keyId] };
    expect((await verifyRelease(target, byId)).signedBy).toEqual([keyId]);
  });

  test('a second run leaves the signature as it is', async () => {
    await publish(ONE, signer);
    const files = [signature('1.0.0', signer), sealedProvenance('1.0.0', signer)];
    const read = () => files.map((file) => readFileSync(file, 'utf8'));
    const before = read();
    await publish(ONE, signer);
    expect((await signPublished('1.0.0', target, signer)).keyId).toBe(signer.publicKey.keyId);
    expect(read()).toEqual(before);
  });
});

test('without a key that was given, what the place names is said to be from there', async () => {
  await publish(ONE, first);
  expect(await verify('1.0.0')).toMatchObject({ signedBy: [first.publicKey.keyId], trusted: false });
  await publish(TWO);
  expect((await verify('2.0.0')).warnings.map(({ code }) => code)).toEqual(['PL7108']);
});

test('the sealed provenance is that of the release, byte for byte', async () => {
  await publish(ONE, first);
  const { payload } = JSON.parse(readFileSync(sealedProvenance('1.0.0', first), 'utf8'));
  expect(Buffer.from(payload, 'base64')).toEqual(readFileSync(place('releases/1.0.0/provenance.intoto.json')));
});

test('a release without a sealed provenance stays valid, and sign adds it', async () => {
  await publish(ONE, first);
  rmSync(sealedProvenance('1.0.0', first));
  const { keyId } = first.publicKey;
  expect(await verify('1.0.0', first)).toMatchObject({ signedBy: [keyId], provenanceSignedBy: [], warnings: [] });
  await signPublished('1.0.0', target, first);
  expect((await verify('1.0.0', first)).provenanceSignedBy).toEqual([keyId]);
});

test('a key that takes no long messages signs the manifest alone', async () => {
  await publish(ONE, { ...first, maxBytes: 500 });
  expect(await verify('1.0.0', first)).toMatchObject({ signedBy: [first.publicKey.keyId], provenanceSignedBy: [] });
});

test('a place without keys says nothing of signatures', async () => {
  await publish(ONE);
  expect(await verify('1.0.0')).toMatchObject({ signedBy: [], warnings: [] });
});

describe('an attacker who can write to the place', () => {
  beforeEach(() => publish(ONE, first).then(() => publish(TWO, first)));
  /** Other bytes, and a manifest that goes with them, also where manifests are remembered. */
  const rewrite = (evil: Release) => {
    for (const { path, bytes } of [...evil.files, evil.manifest])
      writeFileSync(place(`releases/${evil.version}/${path}`), bytes);
    rmSync(place('releases.json'));
  };

  test('who rewrites a release has no signature for it', async () => {
    rewrite(smallRelease('1.0.0', 'evil'));
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
    expect(await codes(verify('1.0.0'))).toEqual(['PL7107']);
    expect(await codes(publish(ONE, first))).not.toEqual([]);
  });

  test('nor helps the signature of another release', async () => {
    cpSync(signature('2.0.0', first), signature('1.0.0', first));
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
    expect(await codes(signPublished('1.0.0', target, first))).toEqual(['PL7107']);
  });

  test('nor a provenance of another release, or by another key, or cut off', async () => {
    const file = sealedProvenance('1.0.0', first);
    cpSync(sealedProvenance('2.0.0', first), file);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
    expect(await codes(signPublished('1.0.0', target, first))).toEqual(['PL7107']);
    await signPublished('1.0.0', target, second);
    cpSync(sealedProvenance('1.0.0', second), file);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
    truncateSync(file, 300);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
  });

  test('nor does a sealed provenance pass for a signature', async () => {
    cpSync(sealedProvenance('1.0.0', first), signature('1.0.0', first));
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
  });

  test('nor a key of their own, nor taking the signature away', async () => {
    rewrite(smallRelease('1.0.0', 'evil'));
    rmSync(signature('1.0.0', first));
    await signPublished('1.0.0', target, second).catch(() => undefined);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7108']);
  });

  test('a signature that was cut off or is endless, and a list of keys that is none', async () => {
    truncateSync(signature('1.0.0', first), 300);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
    truncateSync(signature('1.0.0', first), 8e9);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7107']);
    writeFileSync(place('keys.json'), '{"keys": [');
    expect(await codes(verify('2.0.0', first))).toEqual(['PL7105']);
    expect(await codes(publish(smallRelease('3.0.0'), first))).toEqual(['PL7105']);
  });

  test('a file that was cut off', async () => {
    truncateSync(place('releases/1.0.0/assets.json'), 3);
    expect(await codes(verify('1.0.0', first))).toEqual(['PL4021']);
    expect(await codes(signPublished('1.0.0', target, second))).toEqual(['PL4021']);
  });
});

describe('a key is replaced', () => {
  test('releases are signed with the new one beside the old, and then the old is withdrawn', async () => {
    await publish(ONE, first);
    await publish(TWO, second);
    expect((await verify('1.0.0', first, second)).signedBy).toEqual([first.publicKey.keyId]);
    await signPublished('1.0.0', target, second);
    expect((await verify('1.0.0', first, second)).signedBy).toHaveLength(2);
    await withdrawListedKey(first.publicKey.keyId, 'The laptop with it was lost.', target);
    const found = await verify('1.0.0', first, second);
    expect(found).toMatchObject({ signedBy: [second.publicKey.keyId], provenanceSignedBy: [second.publicKey.keyId] });
    expect(await codes(verify('1.0.0', first))).toEqual(['PL7106']);
    expect(await codes(publish(smallRelease('3.0.0'), first))).toEqual(['PL7106']);
    expect(readFileSync(place('channels/latest.json'), 'utf8')).toContain('2.0.0');
  });

  test('a key that nobody knows is not withdrawn, and each needs a reason', async () => {
    await publish(ONE, first);
    expect(await codes(withdrawListedKey('0'.repeat(64), 'x', target))).toEqual(['PL7109']);
    expect(await codes(withdrawListedKey(first.publicKey.keyId, '', target))).toEqual(['PL4063']);
    const unknown = { pin: { version: '1.0.0' }, audience: 'public', trustedKeys: ['0'.repeat(64)] };
    expect(await codes(verifyRelease(target, unknown))).toEqual(['PL7109']);
  });
});

test('a copy of one release is verified where it is', async () => {
  await publish(ONE, first);
  const copy = join(dirname(target.folder), 'copy');
  cpSync(place('releases/1.0.0'), copy, { recursive: true });
  const folder = releaseFolder(copy);
  const wanted = { pin: { version: '1.0.0' }, audience: 'public', trustedKeys: [first.publicKey.pem] };
  expect((await verifyRelease(folder, wanted)).signedBy).toEqual([first.publicKey.keyId]);
  writeFileSync(join(copy, 'templates/cluster.yaml'), 'evil');
  expect(await codes(verifyRelease(folder, wanted))).toEqual(['PL4021']);
});
