import { generateKeyPairSync, sign as rawSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { opened, PAYLOAD_TYPE, preAuthEncoding, sealed } from '../../src/sign/envelope.ts';
import { publicKey } from '../../src/sign/public-key.ts';
import { offlineSigner } from '../../src/sign/signer.ts';
import { checkStatement, releaseStatement } from '../../src/sign/statement.ts';
import { parseKeys } from '../../src/sign/trusted-keys.ts';
import { codesOf, refusalOf } from '../support/refused.ts';

const pem = (type: 'ed25519' | 'p256', passphrase?: string) => {
  const { privateKey } =
    type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const locked = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return privateKey.export({ type: 'pkcs8', format: 'pem', ...locked }).toString();
};
const release = { version: '1.0.0', manifestSha256: 'a'.repeat(64) };
const bytes = (text: string) => new TextEncoder().encode(text);

test('what is signed says its type and lengths, as the protocol wants it', () => {
  expect(Buffer.from(preAuthEncoding('http://example.com/HelloWorld', bytes('hello world'))).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
});

describe.each(['ed25519', 'p256'] as const)('%s', (type) => {
  test('a release is signed, and its signature is good for it alone', async () => {
    const signer = await offlineSigner(pem(type), 'key.pem');
    const envelope = bytes(await sealed(releaseStatement(release), signer));
    const statement = opened(envelope, signer.publicKey, 'x');
    expect(() => checkStatement(statement, release, 'x')).not.toThrow();
    for (const other of [
      { ...release, version: '1.0.1' },
      { ...release, manifestSha256: 'b'.repeat(64) },
    ])
      expect(codesOf(() => checkStatement(statement, other, 'x'))).toEqual(['PL7107']);
  });

  test('another key, another payload, another type, half a file', async () => {
    const [signer, stranger] = [await offlineSigner(pem(type), 'a'), await offlineSigner(pem(type), 'b')];
    const text = await sealed(releaseStatement(release), signer);
    const envelope = JSON.parse(text);
    const code = (value: unknown, key = signer.publicKey) =>
      codesOf(() => opened(bytes(JSON.stringify(value)), key, 'x'));
    expect(code(envelope, stranger.publicKey)).toEqual(['PL7107']);
    const evil = Buffer.from(releaseStatement({ ...release, manifestSha256: 'c'.repeat(64) })).toString('base64');
    for (const change of [
      { payload: evil },
      { payloadType: 'text/plain' },
      { signatures: [] },
      { signatures: [{ keyid: signer.publicKey.keyId, sig: '' }] },
      { signatures: [null, { sig: 1 }] },
      { payload: undefined },
    ])
      expect(code({ ...envelope, ...change }), JSON.stringify(change)).toEqual(['PL7107']);
    for (const half of ['', text.slice(0, 200), '[]', '\0'])
      expect(codesOf(() => opened(bytes(half), signer.publicKey, 'x'))).toEqual(['PL7107']);
    expect(codesOf(() => opened('larger', signer.publicKey, 'x'))).toEqual(['PL7107']);
  });

  test('a signature of the bare payload is none: the type is part of what is signed', async () => {
    const key = pem(type);
    const signer = await offlineSigner(key, 'a');
    const payload = Buffer.from(releaseStatement(release));
    const sig = rawSign(type === 'ed25519' ? null : 'sha256', payload, key).toString('base64');
    const envelope = { payload: payload.toString('base64'), payloadType: PAYLOAD_TYPE, signatures: [{ sig }] };
    expect(codesOf(() => opened(bytes(JSON.stringify(envelope)), signer.publicKey, 'x'))).toEqual(['PL7107']);
  });

  test('a locked key needs its passphrase', async () => {
    const key = pem(type, 'open sesame');
    expect((await offlineSigner(key, 'key.pem', async () => 'open sesame')).publicKey.keyId).toHaveLength(64);
    for (const wrong of [async () => 'x', async () => undefined, undefined]) {
      const [finding] = await refusalOf(offlineSigner(key, 'key.pem', wrong));
      expect(finding!.code).toBe('PL7102');
      expect(JSON.stringify(finding)).not.toMatch(/sesame|BEGIN/);
    }
  });
});

test.each([
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
  ['another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
  ['X25519', generateKeyPairSync('x25519').privateKey],
])('%s is not signed with', async (_, key) => {
  const [finding] = await refusalOf(offlineSigner(key.export({ type: 'pkcs8', format: 'pem' }).toString(), 'k'));
  expect(finding!.code).toBe('PL7101');
});

test('a statement of another kind is none of a release, whoever signed it', () => {
  const good = JSON.parse(releaseStatement(release));
  for (const change of [
    { _type: 'https://in-toto.io/Statement/v0.1' },
    { predicateType: 'https://slsa.dev/provenance/v1' },
    { subject: [] },
    { subject: [...good.subject, ...good.subject] },
    { subject: [{ ...good.subject[0], name: 'assets.json' }] },
    { subject: [{ name: 'manifest.json', digest: { sha512: 'a'.repeat(64) } }] },
    { predicate: {} },
  ])
    expect(
      codesOf(() => checkStatement({ ...good, ...change }, release, 'x')),
      JSON.stringify(change),
    ).toEqual(['PL7107']);
  for (const value of [undefined, null, [], 'x'])
    expect(codesOf(() => checkStatement(value, release, 'x'))).toEqual(['PL7107']);
});

describe('keys.json', () => {
  const { publicKey: key } = generateKeyPairSync('ed25519');
  const { keyId, pem: text } = publicKey(key, 'x');
  const entry = { keyId, publicKey: text, addedAt: '2026-11-27T12:00:00Z' };
  const parse = (value: unknown) => parseKeys(bytes(JSON.stringify(value)), 'keys.json');

  test('lists keys, some of them withdrawn', () => {
    const list = { keys: [{ ...entry, withdrawn: { at: '2026-11-28T12:00:00Z', why: 'Lost.' } }] };
    expect(parse(list)).toEqual(list);
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['a key twice', { keys: [entry, entry] }],
    ['another id', { keys: [{ ...entry, keyId: 'a'.repeat(64) }] }],
    ['a private key', { keys: [{ ...entry, publicKey: pem('ed25519') }] }],
    ['no key', { keys: [{ ...entry, publicKey: '-----BEGIN PUBLIC KEY-----' }] }],
    ['an escape', { keys: [{ ...entry, addedAt: '\u001b[2J' }] }],
    ['a withdrawal without a reason', { keys: [{ ...entry, withdrawn: { at: 'x' } }] }],
    ['a withdrawal that is none', { keys: [{ ...entry, withdrawn: true }] }],
  ])('%s is none', (_, value) => {
    expect(codesOf(() => parse(value))).toEqual(['PL7105']);
  });
});
