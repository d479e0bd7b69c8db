import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { opened, openedBytes, sealed } from '../../src/sign/envelope.ts';
import { openKmsSigner } from '../../src/sign/kms-signer.ts';
import { checkStatement, releaseStatement } from '../../src/sign/statement.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { refusalOf } from '../support/refused.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

// ministack signs for real, what is given as a hash too.
describe.skipIf(!hasPython())('a key in KMS', () => {
  let ministack: Ministack;
  beforeAll(async () => {
    stubCredentials();
    ministack = await startMinistack();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await ministack?.stop();
  });
  const makeKey = async (...options: string[]) => {
    type Made = { KeyMetadata: { Arn: string } };
    return (await awsJson<Made>(['kms', 'create-key', ...options], ministack.aws)).KeyMetadata.Arn;
  };

  test.each([
    ['ECC_NIST_P256', Number.POSITIVE_INFINITY],
    ['ECC_NIST_EDWARDS25519', 4096],
  ])('of %s signs a release; the private key stays there', async (spec, longest) => {
    const arn = await makeKey('--key-spec', spec, '--key-usage', 'SIGN_VERIFY');
    const signer = await openKmsSigner(arn, ministack.url);
    const release = { version: '1.0.0', manifestSha256: 'a'.repeat(64) };
    const envelope = new TextEncoder().encode(await sealed(releaseStatement(release), signer));
    checkStatement(opened(envelope, signer.publicKey, 'x'), release, 'x');
    expect(signer.maxBytes).toBe(longest);
    signer.close();
  });

  test('signs the hash of what is longer than KMS takes', async () => {
    const arn = await makeKey('--key-spec', 'ECC_NIST_P256', '--key-usage', 'SIGN_VERIFY');
    const signer = await openKmsSigner(arn, ministack.url);
    const statement = JSON.stringify({ long: 'x'.repeat(10_000) });
    const envelope = new TextEncoder().encode(await sealed(statement, signer));
    expect(openedBytes(envelope, signer.publicKey, 'x').toString()).toBe(statement);
    signer.close();
  });

  test.each([
    ['for encryption', ['--key-spec', 'RSA_2048', '--key-usage', 'ENCRYPT_DECRYPT']],
    ['of RSA', ['--key-spec', 'RSA_2048', '--key-usage', 'SIGN_VERIFY']],
  ])('one %s is refused', async (_, options) => {
    const [finding] = await refusalOf(openKmsSigner(await makeKey(...options), ministack.url));
    expect(finding!.code).toBe('PL7101');
  });

  test('one that there is not, and a KMS that does not answer', async () => {
    const arn = 'arn:aws:kms:us-west-2:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
    for (const url of [ministack.url, 'http://127.0.0.1:9']) {
      const [finding] = await refusalOf(openKmsSigner(arn, url));
      expect(finding).toMatchObject({
        code: 'PL7103',
        message: expect.stringContaining('Could not read the public key'),
      });
    }
  });
});
