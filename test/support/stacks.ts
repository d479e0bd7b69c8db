import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
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

/** A stack as it is now, when nothing is under way any more. Asks by the SDK: the AWS CLI takes a second of the processor to begin. */
export async function settled(name: string, options: AwsOptions): Promise<Stack> {
  const client = new CloudFormationClient(settingsOf(options));
  try {
    for (const end = Date.now() + 600_000; Date.now() < end; await sleep(200)) {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
      const [{ StackId: id = '', StackStatus: status = '', Outputs = [] } = {}] = Stacks;
      if (status.endsWith('_IN_PROGRESS')) continue;
      return { id, status, outputs: Object.fromEntries(Outputs.map((made) => [made.OutputKey, made.OutputValue])) };
    }
  } finally {
    client.destroy();
  }
  throw new Error(`Stack ${name} is still under way after ten minutes`);
}

async function send(verb: string, request: StackRequest, options: AwsOptions): Promise<Stack> {
  const { name, template, parameters = {} } = request;
  const list = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  const command = ['cloudformation', verb, '--stack-name', name, '--parameters', JSON.stringify(list)];
  const ask = (...where: readonly string[]) =>
    awsJson([...command, ...where, '--capabilities', 'CAPABILITY_IAM'], options);
  if (Buffer.byteLength(template) > MAX_INLINE_BODY)
    await inBucket(template, options, (url) => ask('--template-url', url));
  else await ask('--template-body', template);
  return settled(name, options);
}

/** Has a template in a bucket of its own for as long as something is done with its URL. */
async function inBucket(template: string, options: AwsOptions, act: (url: string) => Promise<unknown>): Promise<void> {
  const client = new S3Client({ ...settingsOf(options), forcePathStyle: true });
  const at = { Bucket: `templates-${randomUUID()}`, Key: 'template.yaml' };
  const LocationConstraint = (options.region ?? 'us-west-2') as BucketLocationConstraint;
  await client.send(new CreateBucketCommand({ ...at, CreateBucketConfiguration: { LocationConstraint } }));
  try {
    await client.send(new PutObjectCommand({ ...at, Body: template }));
    await act(`${options.endpointUrl}/${at.Bucket}/${at.Key}`);
  } finally {
    await client.send(new DeleteObjectCommand(at));
    await client.send(new DeleteBucketCommand(at));
    client.destroy();
  }
}

/** What a client of the SDK is made with, to be tied to the emulator as the AWS CLI is. */
function settingsOf({ endpointUrl: endpoint, account, secret, region = 'us-west-2' }: AwsOptions) {
  return { endpoint, region, credentials: { accessKeyId: account ?? 'testing', secretAccessKey: secret ?? 'testing' } };
}
