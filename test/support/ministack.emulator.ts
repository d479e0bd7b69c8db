import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { awsJson } from './aws-cli.ts';
import { ACCOUNT, startMinistack } from './ministack.ts';
import { hasPython } from './python-tools.ts';
import { createStack } from './stacks.ts';

/** A custom resource that tells in which process and with which AWS SDK its function runs, and what a role without permissions gets. */
const TEMPLATE = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 60
      Role: !GetAtt Role.Arn
      Code:
        ZipFile: |
          const { ListBucketsCommand, S3Client } = require('@aws-sdk/client-s3');
          exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId }) => {
            const asked = new S3Client({}).send(new ListBucketsCommand({}));
            const Refused = await asked.then(() => 'not at all', ({ name }) => name);
            const Data = { Pid: String(process.pid), Sdk: require.resolve('@aws-sdk/client-s3'), Refused };
            const answer = { Status: 'SUCCESS', PhysicalResourceId: 'told', StackId, RequestId, LogicalResourceId, Data };
            await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
          };
  Told:
    Type: Custom::Told
    Properties:
      ServiceToken: !GetAtt Function.Arn
Outputs:
  Pid: {Value: !GetAtt Told.Pid}
  Sdk: {Value: !GetAtt Told.Sdk}
  Refused: {Value: !GetAtt Told.Refused}
`;

describe.skipIf(!hasPython())('ministack', () => {
  test('it listens on the loopback interface alone, in one account with moto, reads Fn::RefAll as AWS does, and ends wholly', async () => {
    const ministack = await startMinistack();
    try {
      const identity = await awsJson<{ Account: string }>(['sts', 'get-caller-identity'], ministack.aws);
      expect(identity.Account).toBe(ACCOUNT);
      const directories = await awsJson<object>(['ds', 'describe-directories'], ministack.aws);
      expect(directories).toEqual({ DirectoryDescriptions: [] });

      const { Vpc } = await awsJson<any>(['ec2', 'create-vpc', '--cidr-block', '10.9.0.0/16'], ministack.aws);
      const ruled = (id: string) => ({ name: 'ruled', template: RULE, parameters: { Vpc: id } });
      await expect(createStack(ruled('vpc-0123456789abcdef0'), ministack.aws)).rejects.toThrow('no VPC of the account');
      expect(await createStack(ruled(Vpc.VpcId), ministack.aws)).toMatchObject({ status: 'CREATE_COMPLETE' });

      const { outputs } = await createStack({ name: 'told', template: TEMPLATE }, ministack.aws);
      expect(outputs['Sdk']).toContain('/node_modules/@aws-sdk/client-s3/');
      expect(outputs['Refused']).toBe('AccessDenied');
      const pid = Number(outputs['Pid']);
      expect(isRunning(pid)).toBe(true);
      await ministack.stop();
      await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false);
      await expect(fetch(ministack.url)).rejects.toThrow();
      expect(ministack.log()).toContain(`Running on http://127.0.0.1:${new URL(ministack.url).port} `);
    } finally {
      await ministack.stop();
    }
  });

  test('a policy may ask for the stage of a secret, as the policies of nodes and functions do', async () => {
    const ministack = await startMinistack();
    const cli = (...args: string[]) => awsJson<any>(args, ministack.aws);
    try {
      const secret = [
        '--secret-id',
        (await cli('secretsmanager', 'create-secret', '--name', 's', '--secret-string', 'x')).ARN,
      ];
      await cli('iam', 'create-user', '--user-name', 'reader');
      const Condition = { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } };
      const Statement = [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret[1], Condition }];
      const policy = ['--policy-name', 'p', '--policy-document', JSON.stringify({ Version: '2012-10-17', Statement })];
      await cli('iam', 'put-user-policy', '--user-name', 'reader', ...policy);
      const { AccessKey } = await cli('iam', 'create-access-key', '--user-name', 'reader');
      const reader = { ...ministack.aws, account: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
      const read = (stage: string) =>
        awsJson<any>(['secretsmanager', 'get-secret-value', ...secret, '--version-stage', stage], reader);
      expect((await read('AWSCURRENT')).SecretString).toBe('x');
      await expect(read('AWSPREVIOUS')).rejects.toThrow('AccessDenied');
    } finally {
      await ministack.stop();
    }
  });
});

/** A rule over a VPC that no typed parameter names. */
const RULE = `
Parameters:
  Vpc: {Type: String}
Rules:
  Known:
    Assertions:
      - Assert: !Contains [!RefAll 'AWS::EC2::VPC::Id', !Ref Vpc]
        AssertDescription: no VPC of the account
Resources:
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: any, VpcId: !Ref Vpc}}
`;

/** A process that has ended may still be listed, as a zombie, until init takes notice. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
