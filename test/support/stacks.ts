import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_INLINE_BODY } from '../../src/document/body-size.ts';
import { type AwsOptions, awsJson } from './aws-cli.ts';

export type Values = Readonly<Record<string, string>>;

/** What is asked of CloudFormation. */
export interface StackRequest {
  readonly name: string;
  readonly template: string;
  readonly parameters?: Values;
}

/** A stack that nothing is under way for. */
export interface Stack {
  readonly id: string;
  readonly status: string;
  readonly outputs: Values;
}

/** One line of a stack's history, the newest first. */
export interface StackEvent {
  readonly LogicalResourceId: string;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
}

interface Description {
  readonly StackId: string;
  readonly StackStatus: string;
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
}

/** Creates a stack through the AWS CLI, by S3 where its template is too large to be sent, and waits for its end, good or bad. Throws when CloudFormation refuses the request. */
export function createStack(request: StackRequest, options: AwsOptions): Promise<Stack> {
  return send('create-stack', request, options);
}

/** Updates a stack; parameters that are not given take their defaults. Else like `createStack`. */
export function updateStack(request: StackRequest, options: AwsOptions): Promise<Stack> {
  return send('update-stack', request, options);
}

/** Deletes a stack and waits for its end. */
export async function deleteStack({ id }: Stack, options: AwsOptions): Promise<Stack> {
  await awsJson(['cloudformation', 'delete-stack', '--stack-name', id], options);
  return settled(id, options);
}

/** What happened to a stack's resources. */
export async function stackEvents({ id }: Stack, options: AwsOptions): Promise<readonly StackEvent[]> {
  const command = ['cloudformation', 'describe-stack-events', '--stack-name', id];
  return (await awsJson<{ StackEvents: StackEvent[] }>(command, options)).StackEvents;
}

/** The physical ids of a stack's resources, by logical id. */
export async function stackResources({ id }: Stack, options: AwsOptions): Promise<Values> {
  type Answer = { StackResources: { LogicalResourceId: string; PhysicalResourceId: string }[] };
  const command = ['cloudformation', 'describe-stack-resources', '--stack-name', id];
  const { StackResources } = await awsJson<Answer>(command, options);
  return Object.fromEntries(StackResources.map((made) => [made.LogicalResourceId, made.PhysicalResourceId]));
}

/** A stack as it is now, when nothing is under way any more. */
export async function settled(name: string, options: AwsOptions): Promise<Stack> {
  const command = ['cloudformation', 'describe-stacks', '--stack-name', name];
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(200)) {
    const { Stacks } = await awsJson<{ Stacks: [Description] }>(command, options);
    const [{ StackId: id, StackStatus: status, Outputs = [] }] = Stacks;
    if (status.endsWith('_IN_PROGRESS')) continue;
    return { id, status, outputs: Object.fromEntries(Outputs.map((made) => [made.OutputKey, made.OutputValue])) };
  }
  throw new Error(`Stack ${name} is still under way after two minutes`);
}

async function send(verb: string, request: StackRequest, options: AwsOptions): Promise<Stack> {
  const { name, template, parameters = {} } = request;
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-template-'));
  const file = join(folder, 'template.yaml');
  writeFileSync(file, template);
  const list = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  const command = ['cloudformation', verb, '--stack-name', name, '--parameters', JSON.stringify(list)];
  const ask = (...where: readonly string[]) =>
    awsJson([...command, ...where, '--capabilities', 'CAPABILITY_IAM'], options);
  try {
    if (Buffer.byteLength(template) <= MAX_INLINE_BODY) await ask('--template-body', `file://${file}`);
    else await inBucket(file, options, (url) => ask('--template-url', url));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return settled(name, options);
}

/** Has a file in a bucket of its own for as long as something is done with its URL. */
async function inBucket(file: string, options: AwsOptions, act: (url: string) => Promise<unknown>): Promise<void> {
  const name = `templates-${randomUUID()}`;
  const s3 = (verb: string, ...more: readonly string[]) => awsJson(['s3api', verb, '--bucket', name, ...more], options);
  const region = options.region ?? 'us-west-2';
  await s3('create-bucket', '--create-bucket-configuration', `LocationConstraint=${region}`);
  try {
    await s3('put-object', '--key', 'template.yaml', '--body', file);
    await act(`${options.endpointUrl}/${name}/template.yaml`);
  } finally {
    await s3('delete-object', '--key', 'template.yaml');
    await s3('delete-bucket');
  }
}
