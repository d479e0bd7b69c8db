import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { opened, sealed } from '../../src/sign/envelope.ts';
import { openKmsSigner } from '../../src/sign/kms-signer.ts';
import { checkStatement, releaseStatement } from '../../src/sign/statement.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { refusalOf } from '../support/refused.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

// moto signs for real. It has no keys of ECC_NIST_EDWARDS25519.
describe.skipIf(!hasPython())('a key in KMS', () => {
  let moto: Moto;
  beforeAll(async () => {
    stubCredentials();
    moto = await startMoto();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto?.stop();
  });
  const makeKey = async (...options: string[]) => {
    type Made = { KeyMetadata: { Arn: string } };
    return (await awsJson<Made>(['kms', 'create-key', ...options], { endpointUrl: moto.url })).KeyMetadata.Arn;
  };

  test('signs a release; the private key stays there', async () => {
    const arn = await makeKey('--key-spec', 'ECC_NIST_P256', '--key-usage', 'SIGN_VERIFY');
    const signer = await openKmsSigner(arn, moto.url);
    const release = { version: '1.0.0', manifestSha256: 'a'.repeat(64) };
    const envelope = new TextEncoder().encode(await sealed(releaseStatement(release), signer));
    checkStatement(opened(envelope, signer.publicKey, 'x'), release, 'x');
    signer.close();
  });

  test.each([
    ['for encryption', ['--key-spec', 'RSA_2048', '--key-usage', 'ENCRYPT_DECRYPT']],
    ['of RSA', ['--key-spec', 'RSA_2048', '--key-usage', 'SIGN_VERIFY']],
  ])('one %s is refused', async (_, options) => {
    const [finding] = await refusalOf(openKmsSigner(await makeKey(...options), moto.url));
    expect(finding!.code).toBe('PL7101');
  });

  test('one that there is not, and a KMS that does not answer', async () => {
    const arn = 'arn:aws:kms:us-west-2:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
    for (const url of [moto.url, 'http://127.0.0.1:9']) {
      const [finding] = await refusalOf(openKmsSigner(arn, url));
      expect(finding).toMatchObject({
        code: 'PL7103',
        message: expect.stringContaining('Could not read the public key'),
      });
    }
  });
});
