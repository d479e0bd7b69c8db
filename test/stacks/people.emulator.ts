import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { peopleStack } from '../../src/stacks/people.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { KEY } from '../functions/preflight/situation.ts';
import { awsJson } from '../support/aws-cli.ts';
import { ACCOUNT, type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { createStack, deleteStack, type Stack, stackEvents, updateStack, type Values } from '../support/stacks.ts';
import { stubCredentials } from '../support/stub-credentials.ts';

/** What the stacks before it make, as far as people need it. */
const PLACE = `
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  One: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-west-2a}}
  Two: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-west-2b}}
  Balancer: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: balancer, VpcId: !Ref Vpc}}
Outputs:
  VpcId: {Value: !Ref Vpc}
  ClusterSubnetId: {Value: !Ref One}
  SecondSubnetId: {Value: !Ref Two}
  LoadBalancerSecurityGroupId: {Value: !GetAtt Balancer.GroupId}
`;

/** In the place of the people function, whose directory is not here: it refuses eve, and says what it was asked. */
const FAKE = `exports.handler = async ({ action, edits = [], groups }) => {
  if (action === 'export') return { document: { schemaVersion: 1, groups: [{ name: 'ClusterDev' }], people: [] } };
  const asked = JSON.stringify({ action, groups, edits: edits.map(({ edit, name }) => edit + ' ' + name) });
  return edits.some(({ name }) => name === 'eve') ? { error: 'Refused: ' + asked } : { done: [], notes: [] };
};`;

describe.skipIf(!hasPython())('the stack people', () => {
  let ministack: Ministack;
  let place: Values;
  let template: string;
  beforeAll(async () => {
    stubCredentials();
    ministack = await startMinistack();
    place = (await createStack({ name: 'place', template: PLACE }, ministack.aws)).outputs;
    const location = { bucketName: 'releases', bucketRegion: 'us-west-2', keyPrefix: 'releases/1.0.0/' };
    const settings = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, location);
    const body = structuredClone(compileStacks([peopleStack], settings)[0]!.value) as any;
    body.Resources.PeopleFunction.Properties.Code.ZipFile = FAKE;
    template = JSON.stringify(body);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await ministack?.stop();
  });

  const cli = (...args: readonly string[]) => awsJson<any>(args, ministack.aws);
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-west-2:${ACCOUNT}:${rest}`;
  const asked = (AdminUser: string) => ({
    name: 'people',
    template,
    parameters: {
      ...place,
      ...{ DomainName: 'hyperpod.internal', ShortName: 'hyperpod', DirectoryId: 'd-0123456789' },
      AdminSecretArn: arn('secretsmanager', 'secret:AdminSecret-AbCdEf'),
      BindSecretArn: arn('secretsmanager', 'secret:BindSecret-AbCdEf'),
      CertificateArn: arn('acm', 'certificate/01234567-89ab-cdef-0123-456789abcdef'),
      AuthorityKeySha256: '0a'.repeat(32),
      AlarmTopicArn: arn('sns', 'alarms'),
      ...{ AdminUser, AdminPublicKey: KEY },
    },
  });
  const failures = async (stack: Stack) => {
    const failed = (await stackEvents(stack, ministack.aws)).filter((one) => one.ResourceStatus.endsWith('_FAILED'));
    return failed.map((one) => `${one.LogicalResourceId}: ${one.ResourceStatusReason}`).join('\n');
  };
  const admitted = async () => {
    const groups = ['--group-ids', place['LoadBalancerSecurityGroupId']!];
    return (await cli('ec2', 'describe-security-groups', ...groups)).SecurityGroups[0].IpPermissions;
  };
  const gone = async (stack: Stack) => {
    expect(await deleteStack(stack, ministack.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await admitted()).toEqual([]);
    expect((await cli('lambda', 'list-functions')).Functions).toEqual([]);
    expect((await cli('iam', 'list-roles')).Roles).toEqual([]);
    expect((await cli('ec2', 'describe-network-interfaces')).NetworkInterfaces).toEqual([]);
    expect((await cli('scheduler', 'list-schedules')).Schedules).toEqual([]);
  };

  test('is made, gets another first person, and is deleted in one go', async () => {
    const made = await createStack(asked('ada'), ministack.aws);
    expect(await failures(made)).toBe('');
    expect(made.status).toBe('CREATE_COMPLETE');
    expect(made.outputs['PeopleRoleArn']).toMatch(/^arn:aws:iam:/);
    expect(await admitted()).toMatchObject([{ FromPort: 636, ToPort: 636, UserIdGroupPairs: [{}] }]);
    const { Functions } = await cli('lambda', 'list-functions');
    const { Environment } = Functions.find(({ FunctionName }: any) => /PeopleFunction/.test(FunctionName));
    expect(Environment.Variables).toMatchObject({
      LdapsHost: 'ldaps.hyperpod.internal',
      SudoGroups: 'ClusterAdmin',
      HandOverPrefix: 'podlaunch/people/people/',
      AuthorityKeySha256: '0a'.repeat(32),
    });

    const where = ['--stack', 'people', '--region', 'us-west-2', '--endpoint-url', ministack.url];
    const { code, out, err } = await runCli(['people', 'export', ...where]);
    expect([code, out], err).toEqual([0, expect.stringContaining('- ClusterDev')]);

    expect(await updateStack(asked('bob'), ministack.aws)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    const refused = await updateStack(asked('eve'), ministack.aws);
    expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await failures(refused)).toContain(
      'Refused: {"action":"apply","groups":["ClusterAdmin","ClusterDev"],"edits":["add eve"]}',
    );
    await gone(made);
  });

  test('a creation that the directory refuses leaves nothing', async () => {
    const refused = await createStack(asked('eve'), ministack.aws);
    expect(refused.status).toBe('ROLLBACK_COMPLETE');
    expect(await failures(refused)).toMatch(/^People: Refused: /m);
    await gone(refused);
  });
});
