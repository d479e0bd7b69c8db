import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { alignTargets } from '../../src/functions/align-targets/function.ts';
import { ALIGN_TARGETS_CODE } from '../../src/functions/generated/align-targets.ts';
import { type Declaration, EVERY_FUNCTION } from '../../src/functions/lib/declaration.ts';
import { type AnswerServer, startAnswerServer } from '../support/answers.ts';
import { actionsOf, type Used } from '../support/aws-actions.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';
import { startFunction } from '../support/lambda.ts';
import { lambdaNode } from '../support/lambda-node.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';
import { DIRECTORY_ID, type FakeBalancer, GROUP_ARN, startFakeBalancer } from './fake-balancer.ts';

const declared = ({ permissions }: Declaration) =>
  Object.values({ ...permissions, ...EVERY_FUNCTION }).flatMap(({ actions }) => actions);

/** What the role may in a stack that makes a directory, or with one that exists. */
function mayIn(existing: string) {
  const template = compile(DEFAULTS, { sha256: 'a'.repeat(64) }).find(({ stack }) => stack === 'directory')!;
  const given = {
    'AWS::Partition': 'aws',
    'AWS::Region': 'us-west-2',
    'AWS::AccountId': '123456789012',
    'AWS::StackId': STACK_ID,
    ExistingAddress1: existing,
    ExistingAddress2: existing,
    Directory: DIRECTORY_ID,
    LdapsTargets: GROUP_ARN,
    'AlignTargetsLogs.Arn': 'arn:aws:logs:log',
  };
  const { Resources } = template.value as any;
  const { Policies } = resolved(template.value as any, Resources.AlignTargetsRole.Properties, given);
  const policies = Policies.map(({ PolicyDocument }: any) => PolicyDocument);
  return (call: Used) => isAllowed(policies, { principal: 'arn:aws:iam::123456789012:role/align', ...call });
}

describe('what the alignment asks of AWS, from the text in the template', () => {
  let aws: FakeBalancer;
  let stack: DescribedStack;
  let answers: AnswerServer;
  const used: Used[] = [];
  beforeAll(async () => {
    [aws, stack, answers] = await Promise.all([startFakeBalancer(), startDescribedStack(), startAnswerServer()]);
    const env = { ...awsEnvironment({ endpointUrl: aws.url }), AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url };
    const node = await lambdaNode(alignTargets.runtime);
    const properties = { TargetGroupArn: GROUP_ARN, DirectoryId: DIRECTORY_ID };
    const request = {
      RequestType: 'Update',
      ResponseURL: answers.url,
      StackId: STACK_ID,
      RequestId: '1',
      LogicalResourceId: 'TargetsAligned',
      PhysicalResourceId: 'aligned-targets',
      ResourceProperties: { ...properties, Addresses: ['10.0.0.10', '10.0.1.10'], AvailabilityZone: '' },
    };
    const run = { StackId: STACK_ID, PhysicalResourceId: 'aligned-targets', Properties: properties };
    stack.status = 'UPDATE_IN_PROGRESS';
    aws.targets = { '10.0.9.9': 'healthy' };
    aws.healthOf = { '10.0.0.10': ['healthy'] };
    const { code, log, calls } = await startFunction(ALIGN_TARGETS_CODE.text, [request, run], { env, node }).ended;
    if (code !== 0) throw new Error(log);
    used.push(...actionsOf(calls));
  });
  afterAll(() => Promise.all([aws?.stop(), stack?.stop(), answers?.stop()]));

  test('comes to its end', () => {
    expect(answers.received).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(aws.changes).toEqual(['+10.0.0.10', '+10.0.1.10', '-10.0.9.9']);
  });

  test('is what it declares: nothing more, and nothing for nothing', () => {
    expect([...new Set(used.map(({ action }) => action))].toSorted()).toEqual(
      [...new Set(declared(alignTargets))].toSorted(),
    );
  });

  test('is allowed to it, on this directory and this target group alone', () => {
    const may = mayIn('');
    expect(used.filter((call) => !may(call))).toEqual([]);
    const other = GROUP_ARN.replace('/ldaps/', '/other/');
    expect(may({ action: 'elasticloadbalancing:DeregisterTargets', resource: other })).toBe(false);
    const directory = `arn:aws:ds:us-west-2:123456789012:directory/d-9876543210`;
    expect(may({ action: 'ds:DescribeDomainControllers', resource: directory })).toBe(false);
  });

  test('of a directory that exists it may ask nothing', () => {
    const may = mayIn('10.0.0.10');
    const asked = used.filter((call) => !may(call)).map(({ action }) => action);
    expect([...new Set(asked)]).toEqual(['ds:DescribeDomainControllers']);
  });
});
