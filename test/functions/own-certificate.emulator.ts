import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { domain } from '../../src/parts/directory/domain.ts';
import { madeCertificate } from '../../src/parts/ldaps/certificate.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { stack } from '../../src/stacks/stack.ts';
import { validate } from '../../src/validate/validate.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { createStack, deleteStack, stackEvents, stackResources, updateStack } from '../support/stacks.ts';

const [compiled] = compileStacks(
  [
    stack({
      name: 'directory',
      summary: 'certificate',
      title: 'certificate',
      about: 'A certificate alone.',
      parts: [domain, madeCertificate],
      outputs: ['CertificateArn'],
    }),
  ],
  settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined),
);

const parameters = { DomainName: 'hyperpod.internal', AlarmTopicArn: 'arn:aws:sns:us-west-2:123456789012:alarms' };

test('the part compiles to a valid template', () => {
  const unused = ['W2001']; // the short name and the edition are for the directory
  expect(validate(compiled!).filter(({ code }) => !unused.includes(code))).toEqual([]);
});

describe.skipIf(!hasPython())('a stack with its own certificate', () => {
  let ministack: Ministack;
  beforeAll(async () => {
    ministack = await startMinistack();
  });
  afterAll(() => ministack?.stop());
  const cli = <T>(...args: readonly string[]) => awsJson<T>(args, ministack.aws);

  test('makes it, keeps it in an update, shows its key to nobody, and deletes it', async () => {
    const request = { name: 'directory', template: compiled!.text, parameters };
    const made = await createStack(request, ministack.aws);
    expect(made.status, JSON.stringify(await stackEvents(made, ministack.aws))).toBe('CREATE_COMPLETE');
    const arn = made.outputs['CertificateArn']!;
    const get = ['acm', 'get-certificate', '--certificate-arn', arn];
    const { Certificate, CertificateChain } = await cli<{ Certificate: string; CertificateChain: string }>(...get);
    const [leaf, authority] = [new X509Certificate(Certificate), new X509Certificate(CertificateChain)];
    expect(leaf.subjectAltName).toBe('DNS:ldaps.hyperpod.internal');
    expect(leaf.verify(authority.publicKey) && authority.verify(authority.publicKey)).toBe(true);

    const other = { ...parameters, AlarmTopicArn: '' };
    const updated = await updateStack({ ...request, parameters: other }, ministack.aws);
    expect(updated).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: { CertificateArn: arn } });
    expect((await cli<{ Certificate: string }>(...get)).Certificate).toBe(Certificate);

    const events = await stackEvents(made, ministack.aws);
    const resources = await stackResources(made, ministack.aws);
    expect(JSON.stringify([events, resources, updated])).not.toContain('PRIVATE KEY');
    expect(resources).toMatchObject({ Certificate: arn });

    expect((await deleteStack(updated, ministack.aws)).status).toBe('DELETE_COMPLETE');
    await expect(cli(...get)).rejects.toThrow(/ResourceNotFound/);
  });
});
