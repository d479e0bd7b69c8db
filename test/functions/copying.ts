import type { Assets } from '../../src/assets/assets.ts';
import { copyAssets } from '../../src/functions/copy-assets/function.ts';
import { COPY_ASSETS_CODE } from '../../src/functions/generated/copy-assets.ts';
import { type AnswerServer, type ReceivedAnswer, startAnswerServer } from '../support/answers.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type FunctionEnd, type FunctionOptions, type FunctionRun, startFunction } from '../support/lambda.ts';
import { lambdaNode } from '../support/lambda-node.ts';
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
  /** The stack that the function is of. */
  readonly stack: DescribedStack;
  /** Puts a release's assets under `release/`; `changed` has other bytes for some of them, undefined leaves one out. */
  publish(assets: Assets, changed?: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Starts the function in a process of its own; more than one event come to it one after the other. */
  start(asked: Asked | readonly Asked[], options?: Omit<FunctionOptions, 'env' | 'node'>): FunctionRun;
  /** Runs the function to its end, and gives its one answer too. */
  run(
    asked: Asked,
    options?: Omit<FunctionOptions, 'env' | 'node'>,
  ): Promise<FunctionEnd & { readonly answer: ReceivedAnswer }>;
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

/** Starts moto with a proxy before its S3, a server that takes the answers, and one that tells the stack's status. */
export async function startCopying(): Promise<Copying> {
  const [moto, node] = await Promise.all([startMoto(), lambdaNode(copyAssets.runtime)]);
  const servers = [startFaultProxy(moto.url), startAnswerServer(), startDescribedStack()] as const;
  const [s3, answers, stack] = await Promise.all(servers);
  const env = {
    ...awsEnvironment({ endpointUrl: s3.url }),
    AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url,
  };
  const request = async (method: string, path: string, body?: string) => {
    const answer = await fetch(`${moto.url}/${path}`, { method, headers: SIGNED, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  };
  const copying: Copying = {
    s3,
    answers,
    stack,
    request,
    async publish(assets, changed = {}) {
      const files = { ...Object.fromEntries(assets.files.map(({ path, bytes }) => [path, text(bytes)])) };
      for (const [path, content] of Object.entries({ 'assets.json': assets.json, ...files, ...changed })) {
        if (content !== undefined) await request('PUT', `${SOURCE}/release/${path}`, content);
      }
    },
    start(asked, options) {
      const events = [asked].flat().map((one) => eventOf(one, answers.url));
      return startFunction(COPY_ASSETS_CODE.text, events, { env, node, ...options });
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
      stack.status = 'CREATE_IN_PROGRESS';
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
      await Promise.all([moto.stop(), s3.stop(), answers.stop(), stack.stop()]);
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
