import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { accountAnswers, type RecordedAws, startRecordedAws } from '../functions/preflight/recorded-aws.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';

const QUOTAS = ['ml.t3.medium', 'ml.c5.xlarge', 'ml.m5.4xlarge', 'ml.m5.xlarge', 'ml.g5.8xlarge', 'ml.p5.48xlarge'];

// What the function's own test shows of the checks (test/functions/preflight) is not shown again.
describe.skipIf(!hasPython())('podlaunch preflight', () => {
  let moto: Moto;
  let recorded: RecordedAws;
  beforeAll(async () => {
    [moto, recorded] = await Promise.all([startMoto(), startRecordedAws()]);
  });
  afterAll(() => Promise.all([moto?.stop(), recorded?.stop()]));
  beforeEach(() => {
    recorded.answers = accountAnswers();
    const { PATH: _, HOME: _home, ...environment } = awsEnvironment({ endpointUrl: moto.url });
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    for (const service of ['LAMBDA', 'SAGEMAKER', 'SERVICE_QUOTAS']) {
      vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, recorded.url);
    }
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const preflight = (...argv: readonly string[]) => runCli(['preflight', '--region', 'us-west-2', ...argv]);

  test('an account without quotas: an error with name, code and page for each; the exit code is 1', async () => {
    const none = QUOTAS.map((type) => ({
      ...{ ServiceCode: 'sagemaker', QuotaCode: 'L-0', QuotaName: `${type} for cluster usage`, Value: 0 },
    }));
    recorded.answers = { ...recorded.answers, ListServiceQuotas: { Quotas: none } };
    const { code, out } = await preflight('--json');
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(out);
    const errors = diagnostics.filter((one: any) => one.severity === 'error');
    expect(errors.map((one: any) => one.code)).toContain('PL8101');
    expect(errors.map((one: any) => one.message).join('\n')).toMatch(
      /ml[.]\S+ for cluster usage: \d+ more asked for, 0 free of 0[.] Ask for more .*[(]L-0[)]: https:/,
    );
  });

  test('what AWS does not tell is a warning, and no reason to fail', async () => {
    recorded.answers = {};
    const { code, err } = await preflight();
    expect(code).toBe(0);
    expect(err).toMatch(/PL8102.*Not known: the quotas of SageMaker HyperPod/s);
  });

  test('an update asks only for what the cluster does not have', async () => {
    const groups = QUOTAS.map((InstanceType) => ({ InstanceGroupName: InstanceType, InstanceType, CurrentCount: 50 }));
    const none = QUOTAS.map((type) => ({
      ...{ ServiceCode: 'sagemaker', QuotaCode: 'L-0', QuotaName: `${type} for cluster usage`, Value: 0 },
    }));
    recorded.answers = {
      ...recorded.answers,
      ListServiceQuotas: { Quotas: none },
      ListClusters: { ClusterSummaries: [{ ClusterName: 'hyperpod' }] },
      DescribeCluster: { ClusterName: 'hyperpod', InstanceGroups: groups },
    };
    expect((await preflight()).err).toContain('A cluster of the name hyperpod exists');
    const { code, err } = await preflight('--update');
    expect(err).not.toMatch(/PL8101/);
    expect(code).toBe(0);
  });

  test('without credentials AWS is not blamed', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    const { code, err } = await preflight();
    expect(code).toBe(1);
    expect(err).toContain('PL8103');
  });

  test.each([
    [['--zone', 'usw2-az1'], 'give --zone twice'],
    [['--vpc', 'vpc-1'], '--vpc needs --subnet twice'],
  ])('usage: %j', async (argv, words) => {
    const { code, err } = await preflight(...argv);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) });
  });
});
