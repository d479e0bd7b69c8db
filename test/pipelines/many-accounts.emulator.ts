import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { awsJson } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { withoutDenials } from '../support/without-denials.ts';

describe.skipIf(!hasPython())('podlaunch catalog and stack-set', () => {
  let moto: Moto;
  let cwd: string;
  let to: readonly string[];
  beforeAll(async () => {
    stubCredentials();
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
  const written = (file: string) => (readTemplate(readFileSync(join(cwd, file), 'utf8'), file).value as any).Resources;
  const product = () => written('catalog.yaml').Product.Properties;
  const codesOf = async (...argv: readonly string[]) => {
    const { code, out } = await runCli([...argv, ...to, '--json'], { cwd });
    expect(code).toBe(1);
    return JSON.parse(out).diagnostics.map((one: { code: string }) => one.code);
  };
  const versions = () => product().ProvisioningArtifactParameters.map(({ Name }: { Name: string }) => Name);

  /** The AWS CLI compares a request with the API's model, and sends nothing. */
  const isTaken = (operation: string, input: object) =>
    awsJson(
      ['cloudformation', operation, '--cli-input-json', JSON.stringify(input), '--generate-cli-skeleton', 'output'],
      { endpointUrl: moto.url },
    );

  test('offers the newest releases that were not withdrawn, and none where there is none', async () => {
    expect(await codesOf('catalog')).toEqual(['PL5022']);
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

  test("a stack set of the release that the channel names, as CloudFormation's API takes it", async () => {
    const regions = ['--launch-region', 'us-west-2', '--launch-region', 'eu-west-1'];
    const set = ['stack-set', ...to, '--account', '111122223333', ...regions, '--param', 'VpcCidr=10.8.0.0/16'];
    expect(await succeeds(...set)).toContain('Wrote stack-set.yaml: release 1.2.0.');
    const { StackInstancesGroup, ManagedExecution, ...properties } = written('stack-set.yaml').StackSet.Properties;
    const { AdministrationRoleARN: _, OperationPreferences, ...input } = properties;
    expect(input.TemplateURL).toBe(
      'https://my-releases.s3.us-west-2.amazonaws.com/p/releases/1.2.0/templates/prerequisites.yaml',
    );
    const [{ DeploymentTargets, Regions }] = StackInstancesGroup;
    expect([DeploymentTargets, Regions]).toEqual([{ Accounts: ['111122223333'] }, ['us-west-2', 'eu-west-1']]);
    // The API takes accounts beside the targets, which are for units there.
    const instances = { ...DeploymentTargets, Regions, OperationPreferences, StackSetName: input.StackSetName };
    await isTaken('create-stack-set', { ...input, ManagedExecution });
    await isTaken('create-stack-instances', instances);
    await expect(isTaken('create-stack-instances', { ...instances, Region: 'x' })).rejects.toThrow(/Region/);
  });

  test.each([
    ['no account', [], 'PL5024'],
    ['a value that the template does not take', ['--unit', 'r-ab12', '--param', 'VpcCidr=all'], 'PL5006'],
    ['a parameter that it does not have', ['--unit', 'r-ab12', '--param', 'Vpc=x'], 'PL5004'],
    ['a region that there is not', ['--unit', 'r-ab12', '--launch-region', 'us-est-1'], 'PL5002'],
  ])('a stack set with %s is refused', async (_, argv, code) => {
    expect(await codesOf('stack-set', ...argv)).toEqual([code]);
  });
});
