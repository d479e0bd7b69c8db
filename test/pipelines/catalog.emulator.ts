import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { withoutDenials } from '../support/without-denials.ts';

describe.skipIf(!hasPython())('podlaunch catalog', () => {
  let moto: Moto;
  let cwd: string;
  let to: readonly string[];
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
    moto = await startMoto();
    cwd = mkdtempSync(join(tmpdir(), 'podlaunch-catalog-'));
    to = ['--to', 's3://my-releases/p', '--endpoint-url', moto.url];
    writeFileSync(join(cwd, 'podlaunch.yaml'), 'page: { publisher: Research Computing }\n');
    await succeeds('bucket', 'create', ...to);
    await withoutDenials('my-releases', { endpointUrl: moto.url });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(cwd, { recursive: true });
    await moto?.stop();
  });

  async function succeeds(...argv: readonly string[]): Promise<string> {
    const { code, out, err } = await runCli([...argv], { cwd });
    expect(code, err).toBe(0);
    return out;
  }
  const product = () => {
    const text = readFileSync(join(cwd, 'catalog.yaml'), 'utf8');
    return (readTemplate(text, 'catalog.yaml').value as any).Resources.Product.Properties;
  };
  const versions = () => product().ProvisioningArtifactParameters.map(({ Name }: { Name: string }) => Name);

  test('offers the newest releases that were not withdrawn, and none where there is none', async () => {
    const { code, out } = await runCli(['catalog', ...to, '--json'], { cwd });
    expect({ code, codes: JSON.parse(out).diagnostics.map((one: any) => one.code) }).toEqual({
      code: 1,
      codes: ['PL5022'],
    });
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await succeeds('publish', ...to, '--version', version, '--yes');
    await succeeds('withdraw', '1.1.0', '--why', 'It loses jobs.', ...to);

    const said = await succeeds('catalog', ...to);
    expect(said).toContain('Wrote catalog.yaml: 1.2.0, 1.0.0.');
    expect(said).toContain('--capabilities CAPABILITY_IAM');
    expect(versions()).toEqual(['1.2.0', '1.0.0']);

    await succeeds('catalog', ...to, '--newest', '1');
    expect(versions()).toEqual(['1.2.0']);
  });

  test("Service Catalog's API takes the product, and AWS's own address is in it", async () => {
    const { Name, Owner, Description, ProvisioningArtifactParameters } = product();
    const [artifact] = ProvisioningArtifactParameters;
    expect(artifact.Info.LoadTemplateFromURL).toBe(
      'https://my-releases.s3.us-west-2.amazonaws.com/p/releases/1.2.0/templates/launchpad.yaml',
    );
    const input = {
      ...{ Name, Owner, Description, ProductType: 'CLOUD_FORMATION_TEMPLATE' },
      ProvisioningArtifactParameters: { ...artifact, Type: 'CLOUD_FORMATION_TEMPLATE' },
      IdempotencyToken: 'one',
    };
    const command = ['servicecatalog', 'create-product', '--cli-input-json', JSON.stringify(input)];
    const made = await awsJson<any>(command, { endpointUrl: moto.url });
    expect(made.ProductViewDetail.ProductViewSummary).toMatchObject({ Name, Owner: 'Research Computing' });
  });
});
