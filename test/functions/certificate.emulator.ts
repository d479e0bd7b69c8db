import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { publicKeyHash } from '../../src/certificate/x509/key-hash.ts';
import { STACK_ID } from '../support/described-stack.ts';
import { hasPython } from '../support/python-tools.ts';
import { type Certifying, HOST, startCertifying } from './certifying.ts';

const ARN = /^arn:aws:acm:us-west-2:123456789012:certificate\/[0-9a-f-]+$/;

// moto knows no certificate in use, asks no IAM, and does not check what is renewed.
describe.skipIf(!hasPython())('the certificate function', () => {
  let it: Certifying;
  beforeAll(async () => {
    it = await startCertifying();
  });
  afterAll(() => it?.stop());
  beforeEach(() => {
    it.stack.status = 'CREATE_IN_PROGRESS';
  });

  const openssl = (authority: string, leaf: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-certificate-'));
    writeFileSync(join(folder, 'ca.pem'), authority);
    writeFileSync(join(folder, 'leaf.pem'), leaf);
    const argv = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', HOST, '-CAfile', 'ca.pem'];
    const said = execFileSync('openssl', [...argv, 'leaf.pem'], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    return said.trim();
  };

  test('makes an authority with the key in KMS, and a certificate under it that openssl takes', async () => {
    const { answer } = await it.run({ type: 'Create' });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(ARN) });
    const { leaf, authority } = await it.inAcm(answer.PhysicalResourceId);
    expect((answer as { Data?: unknown }).Data).toEqual({ AuthorityKeySha256: publicKeyHash(authority) });
    expect(openssl(authority, leaf)).toBe('leaf.pem: OK');
    const { PublicKey } = await it.aws<{ PublicKey: string }>('kms', 'get-public-key', '--key-id', it.keyArn);
    const key = new X509Certificate(authority).publicKey.export({ format: 'der', type: 'spki' });
    expect(key.toString('base64')).toBe(PublicKey);
    const tags = ['acm', 'list-tags-for-certificate', '--certificate-arn', answer.PhysicalResourceId];
    expect(await it.aws(...tags)).toMatchObject({
      Tags: expect.arrayContaining([{ Key: 'podlaunch:stack', Value: STACK_ID }]),
    });
  });

  test('lasts 397 days, its authority 3650', async () => {
    const { leaf, authority } = await it.inAcm(await it.create());
    const days = (pem: string) => Math.round((Date.parse(new X509Certificate(pem).validTo) - Date.now()) / 86_400_000);
    expect([days(leaf), days(authority)]).toEqual([397, 3650]);
  });

  test('the private key is in what ACM gets, and in nothing else: not in the log, not in the answer', async () => {
    const { calls, log, answer } = await it.run({ type: 'Create' });
    const [sent] = calls.filter(({ operation }) => operation === 'ImportCertificate');
    const key = Buffer.from((sent!.input as any).PrivateKey.data).toString();
    expect(key).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/);
    const said = `${log}${JSON.stringify(answer)}`;
    expect(said).not.toContain('PRIVATE KEY');
    for (const line of key.split('\n').slice(1, -2)) expect(said).not.toContain(line);
    expect(it.answers.sizes.at(-1)).toBeLessThanOrEqual(4096);
  });

  test.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'])('an update changes nothing (%s)', async (status) => {
    const arn = await it.create();
    const before = await it.inAcm(arn);
    it.stack.status = status;
    const { answer, calls } = await it.run({ type: 'Update', arn });
    const Data = { AuthorityKeySha256: publicKeyHash(before.authority) };
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn, Data });
    expect(await it.inAcm(arn)).toEqual(before);
    expect(calls.map(({ operation }) => operation)).not.toContain('ImportCertificate');
  });

  test('another host gets another certificate and authority; CloudFormation then deletes the first', async () => {
    const arn = await it.create();
    it.stack.status = 'UPDATE_IN_PROGRESS';
    const { answer } = await it.run({ type: 'Update', arn, properties: { HostName: 'ldaps.other.internal' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(ARN) });
    expect(answer.PhysicalResourceId).not.toBe(arn);
    const { leaf } = await it.inAcm(answer.PhysicalResourceId);
    expect(new X509Certificate(leaf).subjectAltName).toBe('DNS:ldaps.other.internal');
    it.stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const back = await it.run({ type: 'Update', arn: answer.PhysicalResourceId });
    const again = await it.inAcm(back.answer.PhysicalResourceId);
    expect(new X509Certificate(again.leaf).subjectAltName).toBe(`DNS:${HOST}`);
  });

  test('a certificate that somebody deleted by hand is made anew', async () => {
    const arn = await it.create();
    await it.aws('acm', 'delete-certificate', '--certificate-arn', arn);
    it.stack.status = 'UPDATE_IN_PROGRESS';
    const { answer } = await it.run({ type: 'Update', arn });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(ARN) });
    expect(answer.PhysicalResourceId).not.toBe(arn);
  });

  describe('by its schedule', () => {
    beforeEach(() => {
      it.stack.status = 'CREATE_COMPLETE';
    });

    test('a young certificate stays', async () => {
      const arn = await it.create({ daysAgo: 263 });
      const before = await it.inAcm(arn);
      expect((await it.run({ type: 'Schedule', arn })).code).toBe(0);
      expect(await it.inAcm(arn)).toEqual(before);
    });

    test('after two thirds of its life another one with another key is under the same ARN and authority', async () => {
      const arn = await it.create({ daysAgo: 266 });
      const before = await it.inAcm(arn);
      const { code, log } = await it.run({ type: 'Schedule', arn });
      expect(code, log).toBe(0);
      const after = await it.inAcm(arn);
      expect(after.authority).toBe(before.authority);
      const [old, young] = [before, after].map(({ leaf }) => new X509Certificate(leaf)) as [
        X509Certificate,
        X509Certificate,
      ];
      expect(young.publicKey.equals(old.publicKey)).toBe(false);
      expect(young.verify(new X509Certificate(after.authority).publicKey)).toBe(true);
      expect(Date.parse(young.validTo)).toBeGreaterThan(Date.parse(old.validTo) + 250 * 86_400_000);
    });

    test('in the last year of the authority there is another one with the same name and key', async () => {
      const arn = await it.create({ daysAgo: 300, authorityDays: 600 });
      const before = await it.inAcm(arn);
      expect((await it.run({ type: 'Schedule', arn })).code).toBe(0);
      const after = await it.inAcm(arn);
      const [old, young] = [before, after].map(({ authority }) => new X509Certificate(authority)) as [
        X509Certificate,
        X509Certificate,
      ];
      expect(young.publicKey.equals(old.publicKey)).toBe(true);
      expect(young.subject).toBe(old.subject);
      expect(Date.parse(young.validTo)).toBeGreaterThan(Date.parse(old.validTo));
      // Nodes that know the old one alone take the new certificate.
      expect(new X509Certificate(after.leaf).checkIssued(old)).toBe(true);
    });

    test('a certificate of somebody else is not replaced', async () => {
      const arn = await it.create({ daysAgo: 300 });
      const spec = ['--key-spec', 'ECC_NIST_P256', '--key-usage', 'SIGN_VERIFY'];
      const { KeyMetadata } = await it.aws<{ KeyMetadata: { Arn: string } }>('kms', 'create-key', ...spec);
      const before = await it.inAcm(arn);
      const { code, log } = await it.run({ type: 'Schedule', arn, properties: { KeyArn: KeyMetadata.Arn } });
      expect([code, log]).toEqual([1, expect.stringContaining("not of this stack's authority")]);
      expect(await it.inAcm(arn)).toEqual(before);
    });

    test.each(['DELETE_IN_PROGRESS', 'CREATE_COMPLETE'])('one that is gone is nothing to do (%s)', async (status) => {
      const arn = await it.create({ daysAgo: 300 });
      await it.aws('acm', 'delete-certificate', '--certificate-arn', arn);
      it.stack.status = status;
      expect((await it.run({ type: 'Schedule', arn })).code).toBe(0);
    });
  });

  test('delete takes the certificate away, and takes one that is gone for deleted', async () => {
    const arn = await it.create();
    it.stack.status = 'DELETE_IN_PROGRESS';
    for (let time = 0; time < 2; time++) {
      const { answer } = await it.run({ type: 'Delete', arn });
      expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn });
    }
    await expect(it.inAcm(arn)).rejects.toThrow(/ResourceNotFound/);
  });

  test('delete waits until the listener has let go of the certificate', async () => {
    const said = ['ResourceInUseException', 'ResourceInUseException', 'ResourceNotFoundException'];
    const asked: unknown[] = [];
    const acm = createServer(async (request, response) => {
      asked.push(request.headers['x-amz-target']);
      response.writeHead(400).end(JSON.stringify({ __type: said.shift(), message: 'no' }));
    });
    await new Promise<void>((done) => acm.listen(0, '127.0.0.1', done));
    const arn = 'arn:aws:acm:us-west-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';
    const url = `http://127.0.0.1:${(acm.address() as AddressInfo).port}`;
    const { answer } = await it.run({ type: 'Delete', arn }, { acm: url });
    acm.close();
    expect(answer.Status).toBe('SUCCESS');
    expect(asked).toEqual(Array(3).fill('CertificateManager.DeleteCertificate'));
  });

  test.each([
    ['HostName', '*.example.com'],
    ['HostName', 'ldaps.example.com\nDNS:evil'],
    ['HostName', '10.0.0.1'],
    ['KeyArn', 'alias/aws/acm'],
    ['KeyArn', '../key'],
  ])('%s %j is refused, and nothing is asked of AWS', async (name, value) => {
    const { answer, calls } = await it.run({ type: 'Create', properties: { [name]: value } });
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(JSON.stringify(value));
    expect(calls).toEqual([]);
  });
});
