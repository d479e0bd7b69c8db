import { describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { launchpadStack } from '../../src/stacks/launchpad.ts';
import { peopleStack } from '../../src/stacks/people.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { validate } from '../../src/validate/validate.ts';
import { dataOf } from '../support/compiled.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';

const SETTINGS = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined);
const template = compileStacks([launchpadStack], SETTINGS)[0]!.value as any;
const { Resources } = template;
const arn = (service: string, rest: string) => `arn:aws:${service}:us-west-2:123456789012:${rest}`;
const ADMIN = arn('secretsmanager', 'secret:admin-AbCdEf');
const BIND = arn('secretsmanager', 'secret:bind-AbCdEf');
const PEOPLE = arn('lambda', 'function:people');
const TOPIC = arn('sns', 'alarms');
const given = {
  ...{ AlarmTopic: TOPIC, AlarmEmail: 'a@example.com' },
  ...{ 'AWS::Partition': 'aws', 'AWS::Region': 'us-west-2', 'AWS::AccountId': '123456789012' },
  ...{ 'AWS::StackName': 'physics', 'AWS::StackId': arn('cloudformation', 'stack/x/y') },
  ...{ AdminSecret: ADMIN, BindSecret: BIND, Directory: 'd-1234567890', 'PeopleFunction.Arn': PEOPLE },
  ...{ Certificate: arn('acm', 'certificate/own'), VpcId: 'vpc-1', Vpc: 'vpc-1', 'Vpc.VpcId': 'vpc-1' },
  ...{ 'PeopleLogs.Arn': arn('logs', 'log-group:people:*'), 'PeopleAnswerLogs.Arn': arn('logs', 'log-group:answer:*') },
};
const may = (role: string, action: string, resource: string, context: Record<string, string> = {}) => {
  const { Policies } = resolved(template, Resources[role].Properties, given);
  const policies = Policies.map(({ PolicyDocument }: any) => PolicyDocument);
  return isAllowed(policies, { principal: arn('iam', `role/${role}`), action, resource, context });
};

describe('the people function', () => {
  test('reads the two secrets, and sets passwords of the one directory', () => {
    const read = (secret: string) => may('PeopleRole', 'secretsmanager:GetSecretValue', secret);
    expect([ADMIN, BIND, arn('secretsmanager', 'secret:other')].map(read)).toEqual([true, true, false]);
    const reset = (id: string) => may('PeopleRole', 'ds:ResetUserPassword', arn('ds', `directory/${id}`));
    expect(['d-1234567890', 'd-0000000000'].map(reset)).toEqual([true, false]);
    const make = (name: string) =>
      may('PeopleRole', 'secretsmanager:PutSecretValue', arn('secretsmanager', `secret:${name}`));
    const names = [
      'podlaunch/physics/people/ada-AbCdEf',
      'podlaunch/physics/node-settings-AbCdEf',
      'podlaunch/other/people/a',
    ];
    expect([...names.map(make), may('PeopleRole', 'secretsmanager:PutSecretValue', ADMIN)]).toEqual([
      ...[true, false, false, false],
    ]);
    expect(may('PeopleRole', 'lambda:UpdateFunctionCode', PEOPLE)).toBe(false);
  });

  test('tells the alarm topic, and no other', () => {
    expect(may('PeopleRole', 'sns:Publish', TOPIC)).toBe(true);
    expect(may('PeopleRole', 'sns:Publish', arn('sns', 'other'))).toBe(false);
  });

  test('is the only one that may read the password of Admin', () => {
    const readers = Object.entries<any>(Resources).filter(([, { Type, Properties }]) => {
      return Type === 'AWS::IAM::Role' && JSON.stringify(Properties).includes('AdminSecret');
    });
    expect(readers.map(([id]) => id)).toEqual(['PeopleRole']);
  });

  test('knows names and ARNs, and no secret', () => {
    const { Variables } = Resources.PeopleFunction.Properties.Environment;
    expect(Object.keys(Variables).toSorted()).toEqual([
      ...[
        'AdminSecretArn',
        'AlarmTopicArn',
        'AuthorityKeySha256',
        'BindSecretArn',
        'CertificateArn',
        'DirectoryId',
        'DomainName',
      ],
      ...['HandOverPrefix', 'LdapsHost', 'PeoplePolicy', 'ShortName', 'SudoGroups'],
    ]);
    expect(JSON.stringify(Variables)).not.toContain('resolve:');
    expect(Variables.SudoGroups).toBe('ClusterAdmin');
  });

  test('reaches the load balancer and HTTPS, and nothing reaches it', () => {
    const { SecurityGroupEgress, SecurityGroupIngress } = Resources.PeopleSecurityGroup.Properties;
    expect(SecurityGroupEgress.map(({ FromPort, ToPort }: any) => [FromPort, ToPort])).toEqual([
      [636, 636],
      [443, 443],
    ]);
    expect(SecurityGroupIngress).toBeUndefined();
    const { GroupId } = Resources.PeopleToLoadBalancer.Properties;
    expect(JSON.stringify(GroupId)).toContain('LoadBalancerSecurityGroup');
    expect(Resources.PeopleFunction.Properties.VpcConfig.SecurityGroupIds).toHaveLength(1);
  });
});

describe('the function that answers for it', () => {
  test('calls it and takes it out of the VPC, and can give it no other code', () => {
    const on = (action: string, resource = PEOPLE) => may('PeopleAnswerRole', action, resource);
    expect(on('lambda:InvokeFunction')).toBe(true);
    expect(on('lambda:InvokeFunction', arn('lambda', 'function:other'))).toBe(false);
    expect(on('lambda:UpdateFunctionConfiguration')).toBe(true);
    expect(on('lambda:UpdateFunctionCode')).toBe(false);
    expect(on('secretsmanager:GetSecretValue', ADMIN)).toBe(false);
    const remove = (vpc: string) =>
      may('PeopleAnswerRole', 'ec2:DeleteNetworkInterface', arn('ec2', 'network-interface/eni-1'), {
        'ec2:Vpc': arn('ec2', `vpc/${vpc}`),
      });
    expect(remove('vpc-other')).toBe(false);
  });

  test('is outside the VPC', () => expect(Resources.PeopleAnswerFunction.Properties.VpcConfig).toBeUndefined());
});

describe('the stack of people alone', () => {
  const location = { bucketName: 'my-releases', bucketRegion: 'us-west-2', keyPrefix: 'releases/1.0.0/' };
  const compiled = compileStacks([peopleStack], { ...SETTINGS, location })[0]!;
  const alone = compiled.value as any;

  test('is valid, and larger than CloudFormation takes without a bucket', () => {
    expect(validate(compiled).map(({ code }) => code)).toEqual(['PL3020']);
  });

  test('makes what the launchpad makes, for a directory of another stack', () => {
    const own = (resources: object) =>
      Object.keys(resources).filter((id) => id.startsWith('People') && id !== 'PeopleFunctionName');
    expect(Object.keys(alone.Resources).toSorted()).toEqual([...own(Resources), 'PasswordSetAlarm'].toSorted());
  });

  test('asks for outputs of the stacks before it, for the first person and a policy, and for no host', () => {
    const before = { ...dataOf('prerequisites').Outputs, ...dataOf('directory', DEFAULTS, location).Outputs };
    const asked = Object.keys(alone.Parameters);
    expect(asked.filter((name) => !(name in before))).toEqual(['AdminUser', 'AdminPublicKey', 'PeoplePasswordPolicy']);
    expect(alone.Parameters.AdminPublicKey.NoEcho).toBe(true);
    const { Variables } = alone.Resources.PeopleFunction.Properties.Environment;
    expect(resolved(alone, Variables.LdapsHost, { DomainName: 'corp.example.com' })).toBe('ldaps.corp.example.com');
  });

  test('opens the load balancer to the function, whatever else is in its group', () => {
    const { GroupId, FromPort } = alone.Resources.PeopleToLoadBalancer.Properties;
    expect([GroupId, FromPort]).toEqual([{ Ref: 'LoadBalancerSecurityGroupId' }, 636]);
  });
});

test('nothing but IAM says who calls them', () => {
  const of = (type: string) => Object.entries<any>(Resources).filter(([, { Type }]) => Type === type);
  expect(JSON.stringify(of('AWS::Lambda::Permission'))).not.toContain('People');
  expect(of('AWS::Lambda::Url')).toEqual([]);
  const callers = of('AWS::IAM::Role').filter(([, role]) => JSON.stringify(role).includes('"PeopleFunction"'));
  // Its schedule, the function that answers for it, and the one that has it try a new bind password.
  const known = ['PeopleAnswerRole', 'PeopleScheduleRole', 'RotateBindSecretRole'];
  expect(callers.map(([id]) => id).filter((id) => !known.includes(id))).toEqual([]);
  const resets = of('AWS::IAM::Role').filter(([, role]) => JSON.stringify(role).includes('ds:ResetUserPassword'));
  expect(resets.map(([id]) => id).filter((id) => id !== 'RotateBindSecretRole')).toEqual(['PeopleRole']);
});

test('no node is made before its bind account is there', () => {
  const needed = new Set<string>();
  const follow = (id: string): void => {
    if (needed.has(id) || !(id in Resources)) return;
    needed.add(id);
    const { DependsOn = [], Properties } = Resources[id];
    [DependsOn].flat().forEach(follow);
    for (const [, name] of JSON.stringify(Properties ?? {}).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([A-Za-z0-9]+)/g))
      follow(name!);
  };
  follow('Cluster');
  expect([...needed]).toEqual(expect.arrayContaining(['People', 'LdapsListener', 'Directory']));
});

test('nothing of it is there where the stack does not administer the directory, but what others wait for', () => {
  const own = Object.entries<any>(Resources).filter(([id]) => id.startsWith('People'));
  const always = own.filter(([, { Condition }]) => Condition !== 'AdministersDirectory').map(([id]) => id);
  expect(own.length).toBeGreaterThan(10);
  expect(always).toEqual(['PeopleFunctionName']);
});
