import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';

const host = 'ldaps.hyperpod.internal';

interface InAcm {
  readonly Certificate: string;
  readonly CertificateChain: string;
}

describe.skipIf(!hasPython())('certificates in ACM', () => {
  let moto: Moto;
  let cwd: string;
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(awsEnvironment({ endpointUrl: moto.url }))) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto?.stop();
  });
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-acm-'));
  });
  afterEach(async () => {
    rmSync(cwd, { recursive: true });
    await moto.reset();
  });

  const certificate = (...argv: string[]): Promise<CliRun> => runCli(['certificate', ...argv], { cwd });
  const inAcm = (arn: string): Promise<InAcm> =>
    awsJson(['acm', 'get-certificate', '--certificate-arn', arn], { endpointUrl: moto.url });
  const read = (file: string): string => readFileSync(join(cwd, 'certificate', file), 'utf8');
  const create = async (): Promise<string> => {
    const { out } = await certificate('create', '--name', host, '--import', '--region', 'us-west-2', '--json');
    return JSON.parse(out).arn;
  };

  test('create --import: leaf and chain are there, no key is shown', async () => {
    const { code, out } = await certificate('create', '--import', '--region', 'us-west-2');
    expect(code).toBe(0);
    expect(out).toContain('ldaps.hyperpod.internal');
    expect(out).not.toContain('PRIVATE KEY');
    const arn = /CertificateArn: (\S+)/.exec(out)![1]!;
    const { Certificate, CertificateChain } = await inAcm(arn);
    expect(Certificate.trim()).toBe(read('certificate.pem').trim());
    // moto adds a certificate of Amazon's to every chain.
    expect(CertificateChain.startsWith(read('ca.pem').trim())).toBe(true);
  });

  test.each([
    ['us-west-2', ''],
    ['eu-west-1', 'eu-west-1'],
  ])(
    'create --import without --region: %s where AWS_DEFAULT_REGION is %j and AWS_REGION is empty',
    async (region, given) => {
      const env = { AWS_REGION: '', AWS_DEFAULT_REGION: given, AWS_CONFIG_FILE: '/nonexistent' };
      const { out } = await runCli(['certificate', 'create', '--import', '--json'], { cwd, env });
      expect(JSON.parse(out).arn).toMatch(`arn:aws:acm:${region}:`);
    },
  );

  test('renew: another leaf and key under the same CA, at the same ARN', async () => {
    const arn = await create();
    const before = { ca: read('ca.pem'), certificate: read('certificate.pem'), key: read('certificate-key.pem') };
    const { code, out } = await certificate('renew', '--arn', arn, '--days', '90', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ arn, host });
    expect(read('ca.pem')).toBe(before.ca);
    expect(read('certificate.pem')).not.toBe(before.certificate);
    expect(read('certificate-key.pem')).not.toBe(before.key);
    expect(statSync(join(cwd, 'certificate/certificate-key.pem')).mode & 0o777).toBe(0o600);
    expect((await inAcm(arn)).Certificate.trim()).toBe(read('certificate.pem').trim());
    const verified = execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', 'ca.pem', 'certificate.pem'], {
      cwd: join(cwd, 'certificate'),
      encoding: 'utf8',
    });
    expect(verified).toBe('certificate.pem: OK\n');
  });

  test('renew of a certificate that another CA issued is refused, and changes nothing', async () => {
    const arn = await create();
    const { Certificate } = await inAcm(arn);
    await certificate('create', '--name', host, '--out', 'other');
    const { code, err } = await certificate('renew', '--arn', arn, '--out', 'other');
    expect(code).toBe(1);
    expect(err).toContain('PL6017');
    expect((await inAcm(arn)).Certificate).toBe(Certificate);
  });

  test('an ARN that ACM does not know', async () => {
    const arn = await create();
    const { code, err } = await certificate('renew', '--arn', arn.replace(/.{12}$/, '000000000000'));
    expect(code).toBe(1);
    expect(err).toContain('PL6018');
  });

  test('without credentials', async () => {
    const arn = await create();
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    const { code, err } = await certificate('renew', '--arn', arn);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
    expect(code).toBe(1);
    expect(err).toMatch(/PL6018[\s\S]*Sign in with aws sso login/);
  });

  test('when the import fails the files stay, and the line to import them is shown', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    const { code, err } = await certificate('create', '--name', host, '--import', '--region', 'us-west-2');
    vi.stubEnv('AWS_ENDPOINT_URL', moto.url);
    expect(code).toBe(1);
    expect(err).toContain('PL6018');
    const line = /aws (acm import-certificate .*)/.exec(err)![1]!;
    const imported = await awsJson<{ CertificateArn: string }>(line.split(' '), { endpointUrl: moto.url, cwd });
    expect((await certificate('renew', '--arn', imported.CertificateArn)).code).toBe(0);
  });
});
