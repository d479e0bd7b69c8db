import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Assets } from '../../src/assets/assets.ts';
import { COPY_ASSETS_CODE } from '../../src/functions/generated/copy-assets.ts';
import { type AnswerServer, type ReceivedAnswer, startAnswerServer } from '../support/answers.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type FunctionEnd, type FunctionOptions, type FunctionRun, startFunction } from '../support/lambda.ts';
import { startMoto } from '../support/moto.ts';

/** What the function is asked for. */
export interface Asked {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly assetsSha256: string;
  /** Default: the release of `publish`. */
  readonly sourcePrefix?: string;
}

/** The copy function between a release and a launcher's bucket, both in moto's S3. */
export interface Copying {
  readonly s3: FaultProxy;
  readonly answers: AnswerServer;
  /** What CloudFormation says the stack is doing. */
  status: string;
  /** Puts a release's assets under `release/`; `changed` holds other bytes for some of them, undefined leaves one out. */
  publish(assets: Assets, changed?: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Starts the function in a process of its own; more than one event come to it one after the other. */
  start(asked: Asked | readonly Asked[], options?: Omit<FunctionOptions, 'env'>): FunctionRun;
  /** Runs the function to its end, and gives its one answer too. */
  run(asked: Asked, options?: Omit<FunctionOptions, 'env'>): Promise<FunctionEnd & { readonly answer: ReceivedAnswer }>;
  /** Empties both buckets: new ones are made. */
  reset(): Promise<void>;
  /** Path and bytes of every object in the launcher's bucket. */
  copies(): Promise<Readonly<Record<string, string>>>;
  /** A request to S3, past the proxy; the path starts with the bucket. */
  request(method: string, path: string, body?: string): Promise<string>;
  stop(): Promise<void>;
}

export const BUCKET = 'sagemaker-launcher';
const SOURCE = 'releases';
const STACK_ID =
  'arn:aws:cloudformation:us-west-2:123456789012:stack/prerequisites/01234567-89ab-cdef-0123-456789abcdef';

/** Starts moto with a proxy before its S3, a server that takes the answers, and one that tells the stack's status. */
export async function startCopying(): Promise<Copying> {
  const moto = await startMoto();
  const [s3, answers] = await Promise.all([startFaultProxy(moto.url), startAnswerServer()]);
  // DescribeStacks alone; that the states are CloudFormation's own is shown on ministack (test/stacks).
  const stacks = createServer((_, response) => {
    const stack = `<StackId>${STACK_ID}</StackId><StackName>prerequisites</StackName>`;
    const member = `<member>${stack}<StackStatus>${copying.status}</StackStatus></member>`;
    const result = `<DescribeStacksResult><Stacks>${member}</Stacks></DescribeStacksResult>`;
    response.end(`<DescribeStacksResponse>${result}</DescribeStacksResponse>`);
  });
  await new Promise<void>((done) => stacks.listen(0, '127.0.0.1', done));
  const env = {
    ...awsEnvironment({ endpointUrl: s3.url }),
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(stacks.address() as AddressInfo).port}`,
  };
  const request = async (method: string, path: string, body?: string) => {
    const answer = await fetch(`${moto.url}/${path}`, { method, headers: SIGNED, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  };
  const copying: Copying = {
    s3,
    answers,
    status: 'CREATE_IN_PROGRESS',
    request,
    async publish(assets, changed = {}) {
      const files = { ...Object.fromEntries(assets.files.map(({ path, bytes }) => [path, text(bytes)])) };
      for (const [path, content] of Object.entries({ 'assets.json': assets.json, ...files, ...changed })) {
        if (content !== undefined) await request('PUT', `${SOURCE}/release/${path}`, content);
      }
    },
    start(asked, options) {
      const events = [asked].flat().map((one) => eventOf(one, answers.url));
      return startFunction(COPY_ASSETS_CODE.text, events, { env, ...options });
    },
    async run(asked, options) {
      const before = answers.received.length;
      const end = await copying.start(asked, options).ended;
      const [answer, ...more] = answers.received.slice(before);
      if (answer === undefined || more.length > 0) throw new Error(`${more.length + 1} or no answers:\n${end.log}`);
      return { ...end, answer };
    },
    async reset() {
      await moto.reset();
      s3.reset();
      Object.assign(answers, { refuse: 0 });
      copying.status = 'CREATE_IN_PROGRESS';
      for (const bucket of [SOURCE, BUCKET]) await request('PUT', bucket, LOCATION);
      await request('PUT', `${BUCKET}?versioning`, VERSIONED);
    },
    async copies() {
      const listing = await request('GET', `${BUCKET}?list-type=2`);
      const keys = [...listing.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!);
      return Object.fromEntries(
        await Promise.all(keys.map(async (key) => [key, await request('GET', `${BUCKET}/${key}`)])),
      );
    },
    async stop() {
      stacks.close();
      stacks.closeAllConnections();
      await Promise.all([moto.stop(), s3.stop(), answers.stop()]);
    },
  };
  return copying;
}

function eventOf({ type, assetsSha256, sourcePrefix = 'release/' }: Asked, url: string): object {
  return {
    RequestType: type,
    ResponseURL: url,
    StackId: STACK_ID,
    RequestId: 'request-1',
    LogicalResourceId: 'Assets',
    ...(type !== 'Create' && { PhysicalResourceId: 'podlaunch-assets' }),
    ResourceProperties: {
      Bucket: BUCKET,
      SourceBucket: SOURCE,
      SourceRegion: 'us-west-2',
      SourcePrefix: sourcePrefix,
      AssetsSha256: assetsSha256,
    },
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** moto asks for a signature of some sort, and does not check it. */
const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=testing/20260101/us-west-2/s3/aws4_request, SignedHeaders=host, Signature=0',
};
const LOCATION =
  '<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>';
const VERSIONED = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
