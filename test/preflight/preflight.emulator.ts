import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { findingsOf } from '../../src/diagnostics/findings-of.ts';
import { preflightAccount } from '../../src/preflight/preflight-account.ts';
import { wantedOfConfig } from '../../src/preflight/wanted-of-config.ts';
import { accountAnswers, type RecordedAws, startRecordedAws } from '../functions/preflight/recorded-aws.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { atEveryRequest, PASSING } from '../support/every-request.ts';
import type { SeenRequest } from '../support/fault-proxy.ts';
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

  describe('a fault at every request', () => {
    const RECORDED = /Quota|Cluster|TrainingPlan/;
    /** Which of the two servers a request is for: what no emulator has is recorded. */
    const upstream = ({ action, url }: SeenRequest) =>
      RECORDED.test(action) || /^\/\d{4}-/.test(url) ? recorded.url : moto.url;
    const wanted = wantedOfConfig(DEFAULTS, { region: 'us-west-2', existingDirectory: false });
    const run = (url: string) =>
      preflightAccount(wanted, false, url).catch((thrown: unknown) => findingsOf(thrown) ?? Promise.reject(thrown));
    const codes = (found: readonly Diagnostic[]) => [...new Set(found.map(({ code }) => code))];

    test.each(PASSING)('once: %j costs a repetition, and nothing else', { timeout: 120_000 }, async (fate) => {
      await atEveryRequest(upstream, { fate }, run, ({ result, request, clean }) =>
        expect([request, result]).toEqual([request, clean]),
      );
    });

    test.each(['AccessDeniedException', 'UnauthorizedOperation'])(
      'from there on: with %s all of that is not known, and said',
      { timeout: 120_000 },
      async (code) => {
        await atEveryRequest(upstream, { fate: { status: 403, code }, last: true }, run, ({ result, request }) => {
          expect([request, codes(result)]).toEqual([request, ['PL8102']]);
          expect(result.map(({ message }) => message).join('\n'), request).toMatch(new RegExp(`Not known: .*${code}`));
        });
      },
    );

    test.each(['ExpiredTokenException', 'UnrecognizedClientException', 'AuthFailure'])(
      'from there on: %s is of the caller, and no finding of the account',
      { timeout: 120_000 },
      async (code) => {
        await atEveryRequest(upstream, { fate: { status: 400, code }, last: true }, run, ({ result, request }) => {
          expect([request, codes(result)]).toEqual([request, ['PL8103']]);
          expect(result[0]!.hint, request).toMatch(/Sign in again|get-caller-identity/);
        });
      },
    );

    test('from there on: without a network what could not be asked is not known', { timeout: 120_000 }, async () => {
      await atEveryRequest(upstream, { fate: 'cut', last: true }, run, ({ result, request }) => {
        expect([request, codes(result)]).toEqual([request, expect.arrayContaining(['PL8102'])]);
        expect([request, codes(result)]).not.toEqual([request, expect.arrayContaining(['PL8101'])]);
      });
    });
  });

  test.each([
    [['--zone', 'usw2-az1'], 'give --zone twice'],
    [['--vpc', 'vpc-1'], '--vpc needs --subnet twice'],
  ])('usage: %j', async (argv, words) => {
    const { code, err } = await preflight(...argv);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) });
  });
});
