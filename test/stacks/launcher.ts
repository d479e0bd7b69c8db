import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Assets } from '../../src/assets/assets.ts';
import { createCertificate } from '../../src/certificate/create.ts';
import { FILES } from '../../src/certificate/folder.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { buildRelease } from '../../src/pipelines/build-release.ts';
import { builtFrom } from '../../src/pipelines/built-from.ts';
import { readStatement } from '../../src/publish/audience/read-statement.ts';
import { publishRelease } from '../../src/publish/publish-release.ts';
import { makeRelease } from '../../src/release/make-release.ts';
import { parseTarget, type S3Target } from '../../src/release/target.ts';
import type { StackName } from '../../src/stacks/stack-name.ts';
import { type AwsOptions, awsJson } from '../support/aws-cli.ts';
import { ACCOUNT, type Ministack, startMinistack } from '../support/ministack.ts';
import type { Stack, StackRequest, Values } from '../support/stacks.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

/** An emulated account with what a launcher has to have: a bucket with releases, and a certificate in ACM. */
export interface Launcher extends Ministack {
  readonly certificateArn: string;
  /**
   * Compiles a release, publishes it to the emulator's S3 for this account alone, and gives its templates.
   * @param textOf the text of a template in the release. Default: its own
   */
  publish(assets: Assets, config?: Config, textOf?: (template: CompiledTemplate) => string): Promise<Templates>;
  /** Makes a user that may do no more than this, and gives what the AWS CLI needs to be them. */
  userWith(actions: readonly string[], resource: string): Promise<AwsOptions>;
  /** What the console's form asks CloudFormation for when the launcher changes nothing of what the link filled in. */
  follow(link: string | undefined): Promise<StackRequest>;
  /** Has the creation of a resource fail, by its logical id, until it is called without one (overlay/refusals.py). */
  refuse(id?: string): Promise<void>;
  /** Runs the AWS CLI. */
  cli(...args: readonly string[]): Promise<any>;
}

/** The templates of a release. */
export type Templates = Readonly<Record<StackName, CompiledTemplate>>;

/** Where releases are. */
export const RELEASES = { bucketName: 'releases', bucketRegion: 'us-west-2', prefix: 'podlaunch/' } as const;

export async function startLauncher(): Promise<Launcher> {
  const ministack = await startMinistack();
  stubCredentials();
  const { bucketName, bucketRegion: region, prefix } = RELEASES;
  const endpoint = { region, endpointUrl: ministack.url };
  const target = parseTarget(`s3://${bucketName}/${prefix}`, endpoint) as S3Target;
  let users = 0;
  const cli = (...args: readonly string[]) => awsJson<any>(args, ministack.aws);
  const stop = async () => {
    vi.unstubAllEnvs();
    await ministack.stop();
  };
  try {
    const place = `LocationConstraint=${RELEASES.bucketRegion}`;
    const bucket = ['--bucket', RELEASES.bucketName];
    await cli('s3api', 'create-bucket', ...bucket, '--create-bucket-configuration', place);
    const statement = readStatement(target, { kind: 'accounts', accounts: [ACCOUNT] });
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await cli('s3api', 'put-bucket-policy', ...bucket, '--policy', policy);
    return {
      ...ministack,
      cli,
      stop,
      certificateArn: await importedCertificate(cli),
      publish,
      userWith,
      refuse,
      follow,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }

  async function userWith(actions: readonly string[], resource: string): Promise<AwsOptions> {
    const user = ['--user-name', `user-${users++}`];
    await cli('iam', 'create-user', ...user);
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }] };
    const policy = ['--policy-name', 'all', '--policy-document', JSON.stringify(document)];
    await cli('iam', 'put-user-policy', ...user, ...policy);
    const { AccessKey } = await cli('iam', 'create-access-key', ...user);
    return { ...ministack.aws, account: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
  }

  async function refuse(id = 'nothing'): Promise<void> {
    const parameter = ['--name', '/podlaunch/refuse', '--type', 'String', '--overwrite', '--value', id];
    await cli('ssm', 'put-parameter', ...parameter);
  }

  async function follow(link: string | undefined): Promise<StackRequest> {
    const { form, templateUrl, stackName, parameters } = partsOfLink(link ?? '');
    if (form !== `${region}.console.aws.amazon.com/cloudformation/home#/stacks/create/review`) throw new Error(form);
    const [, releases, key] = /^https:\/\/([^.]+)\.s3\.us-west-2\.amazonaws\.com\/(.+)$/.exec(templateUrl)!;
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-followed-'));
    try {
      const file = join(folder, 'template.yaml');
      await cli('s3api', 'get-object', '--bucket', releases!, '--key', key!, file);
      return { name: stackName, template: readFileSync(file, 'utf8'), parameters };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  async function publish(
    assets: Assets,
    config: Config = DEFAULTS,
    textOf: (template: CompiledTemplate) => string = ({ text }) => text,
  ): Promise<Templates> {
    const { release, templates } = await buildRelease(config, assets, RELEASES);
    const sent = templates.map((template) => ({ ...template, text: textOf(template) }));
    const { minimumFrom } = config.release;
    const from = minimumFrom !== undefined && { minimumFrom };
    const made = makeRelease(release.version, sent, assets, builtFrom(config));
    await publishRelease(made, target, { audience: `accounts:${ACCOUNT}`, ...from });
    return Object.fromEntries(sent.map((template) => [template.stack, template])) as unknown as Templates;
  }
}

/** What a quick-create link says. */
export interface LinkParts {
  /** The page, without region and query. */
  readonly form: string;
  readonly templateUrl: string;
  readonly stackName: string;
  readonly parameters: Values;
}

/**
 * Takes a quick-create link apart, as a browser's page reads a query (+ is a space there):
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
 */
export function partsOfLink(link: string): LinkParts {
  const { host, pathname, hash } = new URL(link);
  const [place, query] = hash.split('?', 2) as [string, string];
  const values = [...new URLSearchParams(query)];
  const filledIn = values.filter(([name]) => name.startsWith('param_')).map(([name, value]) => [name.slice(6), value]);
  const { templateURL: templateUrl, stackName } = Object.fromEntries(values);
  const form = host + pathname + place;
  return { form, templateUrl: templateUrl!, stackName: stackName!, parameters: Object.fromEntries(filledIn) };
}

/** The outputs of the stacks before it that a template takes as parameters: the names are the same. */
export function parametersFrom(template: CompiledTemplate, ...before: readonly Stack[]): Values {
  const { Parameters } = template.value as { readonly Parameters: object };
  const outputs: Values = Object.assign({}, ...before.map((stack) => stack.outputs));
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name in Parameters));
}

async function importedCertificate(cli: Launcher['cli']): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-certificate-'));
  try {
    await createCertificate({ host: `ldaps.${DEFAULTS.directory.domain}`, folder: 'made', cwd: folder });
    const file = (name: string) => `fileb://${join(folder, 'made', name)}`;
    const files = ['--certificate', file(FILES.certificate), '--private-key', file(FILES.key)];
    return (await cli('acm', 'import-certificate', ...files)).CertificateArn;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
