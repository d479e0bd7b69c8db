import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { forkedAws } from './aws-cli-forks.ts';
import { bashArguments } from './bash.ts';
import { pythonTool } from './python-tools.ts';

/** Where and as whom the AWS CLI works. */
export interface AwsOptions {
  readonly endpointUrl: string;
  /** Access key id; a 12-digit one is the account in ministack. Default: `testing`. */
  readonly account?: string;
  /** Its secret. Default: `testing`. */
  readonly secret?: string;
  /** Default: `us-west-2`. */
  readonly region?: string;
  /** Sends no credentials. Default: `false`. */
  readonly anonymous?: boolean;
  /** Working folder. Default: the process's own. */
  readonly cwd?: string;
}

/** How a run of the AWS CLI ended. */
export interface AwsResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Environment that ties an AWS client to one endpoint with made-up credentials, away from the user's own settings. */
export function awsEnvironment(options: AwsOptions): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR && { TMPDIR }),
    ...(LANG && { LANG }),
    AWS_ENDPOINT_URL: options.endpointUrl,
    AWS_REGION: options.region ?? 'us-west-2',
    AWS_DEFAULT_REGION: options.region ?? 'us-west-2',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    NO_PROXY: '127.0.0.1,localhost',
    ...(!options.anonymous && {
      AWS_ACCESS_KEY_ID: options.account ?? 'testing',
      AWS_SECRET_ACCESS_KEY: options.secret ?? 'testing',
    }),
  };
}

/** Runs the real AWS CLI: `aws(['s3', 'ls'], { endpointUrl })`, without its start (aws_cli_forks.py). Never throws for its exit code; the caller asserts it. */
export function aws(args: readonly string[], options: AwsOptions): Promise<AwsResult> {
  const all = options.anonymous ? ['--no-sign-request', ...args] : args;
  return forkedAws(all, awsEnvironment(options), options.cwd);
}

/** Runs a shell's line that calls `aws`, as somebody who copied it would: `awsLine('aws s3 ls', { endpointUrl })`. */
export async function awsLine(line: string, options: AwsOptions): Promise<AwsResult> {
  const folder = dirname(await pythonTool('awscli', 'aws'));
  const environment = awsEnvironment(options);
  const env = { ...environment, PATH: `${folder}:${environment['PATH']}` };
  return new Promise((done, fail) => {
    const child = execFile('bash', bashArguments(line), { env, cwd: options.cwd }, (cause, stdout, stderr) => {
      if (cause && child.exitCode === null) fail(cause);
      else done({ code: child.exitCode ?? 1, stdout, stderr });
    });
  });
}

/** Runs the AWS CLI and gives back its JSON output (undefined where it prints nothing). Throws, with its own words, when it fails. */
export async function awsJson<T>(args: readonly string[], options: AwsOptions): Promise<T> {
  const { code, stdout, stderr } = await aws([...args, '--output', 'json'], options);
  if (code !== 0) throw new Error(`aws ${args.join(' ')}: exit code ${code}\n${stderr}`);
  return (stdout.trim() === '' ? undefined : JSON.parse(stdout)) as T;
}
