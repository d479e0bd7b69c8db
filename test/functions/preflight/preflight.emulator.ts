import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PREFLIGHT_CODE } from '../../../src/functions/generated/preflight.ts';
import { EVERY_FUNCTION } from '../../../src/functions/lib/declaration.ts';
import { preflightFunction } from '../../../src/functions/preflight/function.ts';
import { type AnswerServer, startAnswerServer } from '../../support/answers.ts';
import { actionsOf } from '../../support/aws-actions.ts';
import { awsEnvironment, awsJson } from '../../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../../support/described-stack.ts';
import { type AwsCall, startFunction } from '../../support/lambda.ts';
import { lambdaNode } from '../../support/lambda-node.ts';
import { type Moto, startMoto } from '../../support/moto.ts';
import { hasPython } from '../../support/python-tools.ts';
import { accountAnswers, type RecordedAws, startRecordedAws } from './recorded-aws.ts';
import { KEY } from './situation.ts';

const PROPERTIES = {
  ClusterName: 'hyperpod',
  Groups: ['name=worker type=ml.g6e.12xlarge count=1 disk=500 plan= capacity=OnDemand'],
  ...{ ClusterZoneId: '', SecondZoneId: '', VpcId: '', VpcCidr: '', ClusterSubnetId: '', SecondSubnetId: '' },
  ...{ MakesRoutes: 'true', Addresses: '1' },
  ...{ DomainName: 'hyperpod.internal', MakesDirectory: 'true', CertificateArn: '' },
  ...{ AdminUser: 'ada', AdminPublicKey: KEY },
};
type Properties = Omit<typeof PROPERTIES, 'Groups'> & { readonly Groups: readonly string[] };

// EC2, ACM and Directory Service are moto's; Service Quotas, Lambda's settings and SageMaker are recorded answers.
describe.skipIf(!hasPython())('the preflight function', () => {
  let moto: Moto;
  let node: string;
  let recorded: RecordedAws;
  let answers: AnswerServer;
  let stack: DescribedStack;
  const calls: AwsCall[] = [];
  beforeAll(async () => {
    [moto, node, recorded, answers, stack] = await Promise.all([
      startMoto(),
      lambdaNode(preflightFunction.runtime),
      startRecordedAws(),
      startAnswerServer(),
      startDescribedStack(),
    ]);
  });
  afterAll(() => Promise.all([moto, recorded, answers, stack].map((server) => server?.stop())));
  beforeEach(() => {
    recorded.answers = accountAnswers();
    stack.status = 'CREATE_IN_PROGRESS';
  });

  const cli = (...args: readonly string[]) => awsJson<any>(args, { endpointUrl: moto.url });
  const run = async (type: string, changed: Partial<Properties> = {}, old: Partial<Properties> = changed) => {
    const event = {
      RequestType: type,
      ResponseURL: answers.url,
      ...{ StackId: STACK_ID, RequestId: 'request-1', LogicalResourceId: 'Preflight' },
      ...(type !== 'Create' && { PhysicalResourceId: 'podlaunch-preflight' }),
      ResourceProperties: { ...PROPERTIES, ...changed },
      ...(type === 'Update' && { OldResourceProperties: { ...PROPERTIES, ...old } }),
    };
    const env = {
      ...awsEnvironment({ endpointUrl: moto.url }),
      AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url,
      AWS_ENDPOINT_URL_LAMBDA: recorded.url,
      AWS_ENDPOINT_URL_SAGEMAKER: recorded.url,
      AWS_ENDPOINT_URL_SERVICE_QUOTAS: recorded.url,
    };
    const ended = await startFunction(PREFLIGHT_CODE.text, [event], { env, node, remaining: 75_000 }).ended;
    calls.push(...ended.calls);
    const { Status, Reason = '', ...answer } = answers.received.at(-1) as any;
    return { Status, Reason, Data: answer.Data, log: ended.log };
  };

  test('an account with room: a success, with the fingerprint of the key', async () => {
    const { Status, Reason, Data, log } = await run('Create');
    expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason: '' });
    expect(Data.KeyFingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(Data.Warnings).toMatch(/^(The instances of worker .*)?$/);
    expect(log).not.toContain(KEY.split(' ')[1]);
  });

  test("all that is wrong is said at once, within CloudFormation's bytes, and not the key", async () => {
    recorded.answers = accountAnswers({ 'VPCs per Region': 0, 'ml.g6e.12xlarge for cluster usage': 1 });
    const { Status, Reason } = await run('Create', { AdminUser: 'root', AdminPublicKey: KEY.slice(0, 40) });
    expect(Status).toBe('FAILED');
    for (const words of [
      'AdminUser must be',
      'AdminPublicKey is not a valid key',
      '0 free of 1',
      'of 0 VPCs',
      'L-F678F1CE',
    ]) {
      expect(Reason).toContain(words);
    }
    expect(Reason).not.toContain(KEY.slice(12, 40));
  });

  test('an update asks for its increase, a rollback for nothing', async () => {
    const groups = (count: number) => ({ Groups: [PROPERTIES.Groups[0]!.replace('count=1', `count=${count}`)] });
    stack.status = 'UPDATE_IN_PROGRESS';
    expect((await run('Update', groups(5), groups(5))).Status).toBe('SUCCESS');
    expect((await run('Update', groups(7), groups(5))).Reason).toContain('2 more asked for, 1 free of 2');
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    recorded.answers = {};
    expect((await run('Update', groups(7), groups(5))).Status).toBe('SUCCESS');
    stack.status = 'DELETE_IN_PROGRESS';
    expect((await run('Delete')).Status).toBe('SUCCESS');
  });

  test('what AWS does not tell is a warning', async () => {
    const { ListServiceQuotas: _, ...others } = recorded.answers;
    recorded.answers = others;
    const { Status, Data } = await run('Create');
    expect(Status).toBe('SUCCESS');
    expect(Data.Warnings).toContain('Not known: the quotas of SageMaker HyperPod (AccessDeniedException');
  });

  test('a VPC, subnets, a certificate and a plan that exist are looked at', async () => {
    const { Vpc } = await cli('ec2', 'create-vpc', '--cidr-block', '10.1.0.0/16');
    const subnet = async (zone: string, block: string) => {
      const place = ['--vpc-id', Vpc.VpcId, '--availability-zone-id', zone, '--cidr-block', block];
      return (await cli('ec2', 'create-subnet', ...place)).Subnet.SubnetId;
    };
    const host = ['--domain-name', 'ldaps.other.internal'];
    const { CertificateArn } = await cli('acm', 'request-certificate', ...host);
    const plan = 'arn:aws:sagemaker:us-west-2:123456789012:training-plan/mine';
    const { Reason } = await run('Create', {
      ...{ VpcId: Vpc.VpcId, VpcCidr: '10.0.0.0/16', MakesRoutes: 'false', Addresses: '0', CertificateArn },
      ...{
        ClusterSubnetId: await subnet('usw2-az1', '10.1.0.0/18'),
        SecondSubnetId: await subnet('usw2-az2', '10.1.64.0/18'),
      },
      Groups: [PROPERTIES.Groups[0]!.replace('plan=', `plan=${plan}`)],
    });
    expect(Reason).toContain('is 10.1.0.0/16, not 10.0.0.0/16');
    expect(Reason).toContain('--enable-dns-hostnames');
    expect(Reason).toContain('has no way to secretsmanager, ds, s3. Give it a route');
    expect(Reason).toMatch(/The certificate is (PENDING_VALIDATION|for ldaps.other.internal)/);
    expect(Reason).toContain('The training plan of worker is in usw2-az2, the cluster in usw2-az1');
  });

  test('it may do what it did, and nothing more', () => {
    const asked = new Set(actionsOf(calls).map(({ action }) => action));
    const all = Object.values({ ...preflightFunction.permissions, ...EVERY_FUNCTION });
    expect([...asked].toSorted()).toEqual(all.flatMap(({ actions }) => actions as readonly string[]).toSorted());
  });
});
