import { certificateFunction } from '../../src/functions/certificate/function.ts';
import { CERTIFICATE_CODE } from '../../src/functions/generated/certificate.ts';
import type { PropertiesOf } from '../../src/functions/lib/declaration.ts';
import { type AnswerServer, type ReceivedAnswer, startAnswerServer } from '../support/answers.ts';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';
import { type FunctionEnd, startFunction } from '../support/lambda.ts';
import { lambdaNode } from '../support/lambda-node.ts';
import { startMoto } from '../support/moto.ts';

export const HOST = 'ldaps.hyperpod.internal';

/** What the function is asked for. */
export interface AskedCertificate {
  readonly type: 'Create' | 'Update' | 'Delete' | 'Schedule';
  readonly arn?: string;
  readonly properties?: Partial<PropertiesOf<typeof certificateFunction>>;
}

export interface HowToRun {
  /** How far the function's clock is behind: moto takes no certificate that is valid only later. */
  readonly daysAgo?: number;
  /** Days that the authority is valid. Default: the function's own. */
  readonly authorityDays?: number;
  /** Another ACM. */
  readonly acm?: string;
}

/** The certificate function with moto's KMS and ACM. */
export interface Certifying {
  readonly stack: DescribedStack;
  readonly answers: AnswerServer;
  /** The authority's key. */
  readonly keyArn: string;
  /** Runs the function to its end; `answer` is what CloudFormation got. */
  run(asked: AskedCertificate, how?: HowToRun): Promise<FunctionEnd & { readonly answer: ReceivedAnswer }>;
  /** Makes a certificate; gives its ARN. */
  create(how?: HowToRun): Promise<string>;
  aws<T>(...args: readonly string[]): Promise<T>;
  /** PEM of the certificate and of its authority. moto adds one of Amazon's to every chain. */
  inAcm(arn: string): Promise<{ readonly leaf: string; readonly authority: string }>;
  stop(): Promise<void>;
}

/** Starts moto, a server that takes the answers, and one that tells the stack's status; makes the authority's key. */
export async function startCertifying(): Promise<Certifying> {
  const servers = [
    startMoto(),
    startAnswerServer(),
    startDescribedStack(),
    lambdaNode(certificateFunction.runtime),
  ] as const;
  const [moto, answers, stack, node] = await Promise.all(servers);
  const client = { endpointUrl: moto.url };
  const aws = <T>(...args: readonly string[]) => awsJson<T>([...args], client);
  const spec = ['--key-spec', 'ECC_NIST_P256', '--key-usage', 'SIGN_VERIFY'];
  const { KeyMetadata } = await aws<{ KeyMetadata: { Arn: string } }>('kms', 'create-key', ...spec);
  const keyArn = KeyMetadata.Arn;
  const env = { ...awsEnvironment(client), AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url };

  const certifying: Certifying = {
    stack,
    answers,
    keyArn,
    aws,
    async run({ type, arn, properties }, { daysAgo = 0, authorityDays = 3650, acm } = {}) {
      const given = { HostName: HOST, KeyArn: keyArn, ...properties };
      const before = answers.received.length;
      const event = type === 'Schedule' ? scheduled(given, arn) : requested(type, given, arn, answers.url);
      const text = CERTIFICATE_CODE.text.replace('AUTHORITY_DAYS = 3650', `AUTHORITY_DAYS = ${authorityDays}`);
      const code = `${clock(daysAgo)}\n${text}`;
      const own = acm === undefined ? env : { ...env, AWS_ENDPOINT_URL_ACM: acm };
      const end = await startFunction(code, [event], { env: own, node }).ended;
      return { ...end, answer: answers.received.slice(before)[0]! };
    },
    async create(how) {
      const { answer, log } = await certifying.run({ type: 'Create' }, how);
      if (answer?.Status !== 'SUCCESS') throw new Error(log);
      return answer.PhysicalResourceId;
    },
    async inAcm(arn) {
      const [get, at] = [
        ['acm', 'get-certificate'],
        ['--certificate-arn', arn],
      ];
      const found = await aws<{ Certificate: string; CertificateChain: string }>(...get, ...at);
      return {
        leaf: found.Certificate,
        authority: /^-+BEGIN.*?-+END CERTIFICATE-+\n/s.exec(found.CertificateChain)![0],
      };
    },
    async stop() {
      await Promise.all([moto.stop(), answers.stop(), stack.stop()]);
    },
  };
  return certifying;
}

function requested(RequestType: string, properties: object, arn: string | undefined, ResponseURL: string): object {
  return {
    RequestType,
    ResponseURL,
    StackId: STACK_ID,
    RequestId: 'request-1',
    LogicalResourceId: 'Certificate',
    ...(arn !== undefined && { PhysicalResourceId: arn }),
    ResourceProperties: properties,
  };
}

function scheduled(Properties: object, PhysicalResourceId: string | undefined): object {
  return { StackId: STACK_ID, PhysicalResourceId, Properties };
}

/** The function's own clock; the AWS SDK's is left alone. */
function clock(daysAgo: number): string {
  if (daysAgo === 0) return '';
  return `const Date = class extends globalThis.Date {
    constructor(...given) { given.length > 0 ? super(...given) : super(globalThis.Date.now() - ${daysAgo * 86_400_000}); }
  };`;
}
