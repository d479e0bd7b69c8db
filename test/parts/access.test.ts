import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PEOPLE_CIDR, PUBLIC_KEYS } from '../../src/aws/patterns.ts';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { researcherPolicy } from '../../src/parts/access/researcher-policy.ts';
import { windowsHost } from '../../src/parts/access/windows-host.ts';
import { launchpadStack } from '../../src/stacks/launchpad.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import type { Stack } from '../../src/stacks/stack.ts';
import { validate } from '../../src/validate/validate.ts';
import { dataOf } from '../support/compiled.ts';
import { judged } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';

const template = dataOf('access');
const KEYS = ['ada', 'alan'].map(
  (name) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'k'.repeat(43)} ${name}@example.com`,
);
const matches = ({ AllowedPattern }: { AllowedPattern: string }, text: string) =>
  new RegExp(`^(?:${AllowedPattern})$`).test(text);

describe('where people come from', () => {
  test('has no default: whoever makes the stack says it, for a bastion that is a host', () => {
    expect(template.Parameters.BastionCidr).not.toHaveProperty('Default');
    expect(template.Rules.BastionHasCidr.RuleCondition).toEqual({ 'Fn::Equals': [{ Ref: 'Bastion' }, 'host'] });
  });

  test.each(['0.0.0.0/0', '::/0', '0.0.0.0/1', '203.0.113.0', '203.0.113.0/33', '2001:db8::/32', '10.0.0.0/7'])(
    '%s is refused',
    (block) => {
      expect(matches(PEOPLE_CIDR, block)).toBe(false);
    },
  );

  test.each(['203.0.113.7/32', '10.0.0.0/8'])('%s is taken', (block) => {
    expect(matches(PEOPLE_CIDR, block)).toBe(true);
  });
});

test.each([
  'a',
  KEYS[0]!.replace('ssh-ed25519', 'ssh-dss'),
  `${KEYS[0]}\n`,
  `${KEYS[0]},END`,
  `command="sh" ${KEYS[0]}`,
])('no key: %j', (key) => {
  expect(matches(PUBLIC_KEYS, key)).toBe(false);
  expect(matches(PUBLIC_KEYS, KEYS.join(','))).toBe(true);
});

describe('hosts', () => {
  const hosts = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Instance');

  test.each(hosts)(
    '%s: version 2 of the metadata service, an encrypted disk, no key pair, no address of its own',
    (_, host) => {
      const { MetadataOptions, BlockDeviceMappings, ...properties } = host.Properties;
      expect(MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
      expect(BlockDeviceMappings).toMatchObject([{ Ebs: { Encrypted: true } }]);
      expect(properties).not.toHaveProperty('KeyName');
      expect(properties).not.toHaveProperty('NetworkInterfaces');
      expect(properties.ImageId).toMatch(/^\{\{resolve:ssm:\/aws\/service\//);
    },
  );

  test('only the bastion has an address, and a way in', () => {
    const { BastionAddress, WindowsHostSecurityGroup } = template.Resources;
    expect(hosts).toHaveLength(2);
    expect(BastionAddress.Properties.InstanceId).toEqual({ Ref: 'BastionHost' });
    expect(WindowsHostSecurityGroup.Properties).not.toHaveProperty('SecurityGroupIngress');
  });
});

describe('the bastion makes itself', () => {
  const script = (keys: string): string =>
    resolved(template, template.Resources.BastionHost.Properties.UserData['Fn::Base64'], { BastionKeys: keys });

  /** Runs the script with its files in another folder and another useradd. */
  function ran(keys: string) {
    const root = mkdtempSync(join(tmpdir(), 'podlaunch-bastion-'));
    try {
      for (const folder of ['etc/ssh', 'etc/apt/apt.conf.d']) mkdirSync(join(root, folder), { recursive: true });
      const here = script(keys).replaceAll('/etc/', `${root}/etc/`).replace('/run/systemd', `${root}/run/systemd`);
      const [boothook, ...rest] = here.split('\n');
      const input = `useradd() { echo "useradd $*"; }\n${rest.join('\n')}`;
      const runs = [1, 2].map(() => spawnSync('bash', ['-s'], { input, encoding: 'utf8' }));
      const file = (name: string) => readFileSync(join(root, 'etc/ssh', name), 'utf8');
      return { boothook, runs, keys: file('podlaunch-keys/jump'), sshd: file('sshd_config.d/10-podlaunch.conf') };
    } finally {
      rmSync(root, { recursive: true });
    }
  }

  test('on every boot, with the keys of the stack', () => {
    const { boothook, runs, keys } = ran(KEYS.join(','));
    expect(boothook).toBe('#cloud-boothook');
    expect(script('').split('\n')[1]).toBe('#!/bin/bash');
    expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(runs[0]!.stdout).toMatch(/^useradd .* jump\n$/);
    expect(keys).toBe(`${KEYS.join('\n')}\n`);
    expect(ran('').keys).toBe('\n');
  });

  test('for one account, which forwards to port 22 and gets no shell', () => {
    const lines = ran('').sshd.trim().split('\n');
    expect(lines).toEqual(expect.arrayContaining(['AllowUsers jump', 'PermitOpen *:22', 'MaxSessions 0']));
    expect(lines).toContain('AuthenticationMethods publickey');
  });

  test('is smaller than user data may be, with all the keys that a parameter takes', () => {
    expect(Buffer.byteLength(script('k'.repeat(4096)))).toBeLessThan(16 * 1024);
  });
});

describe('the policy of researchers', () => {
  const ARN = 'arn:aws:sagemaker:us-west-2:111122223333:cluster/abcdefghij12';
  const given = {
    'AWS::Partition': 'aws',
    'AWS::Region': 'us-west-2',
    'AWS::AccountId': '111122223333',
    'AWS::StackId': 'arn:stack',
    Bastion: 'none',
    ClusterArn: ARN,
    SshDocument: 'access-SshDocument-1',
  };
  const policy = resolved(template, template.Resources.ResearcherPolicy.Properties.PolicyDocument, given);
  const starts = (resource: string, context = { 'ssm:SessionDocumentAccessCheck': 'true' }) =>
    judged(policy, { principal: 'arn:aws:iam::111122223333:role/ada', action: 'ssm:StartSession', resource, context });
  const target = (name: string) => `arn:aws:ssm:us-west-2:444455556666:managed-instance/sagemaker-cluster:${name}`;
  const document = (name: string, account = '') => `arn:aws:ssm:us-west-2:${account}:document/${name}`;

  test('a session to a login node of this cluster, by the document that knows port 22 alone', () => {
    expect(starts(target('abcdefghij12_login-group-i-0123456789abcdef0'))).toBe('Allow');
    expect(starts(document('access-SshDocument-1', '111122223333'))).toBe('Allow');
    const { Content } = template.Resources.SshDocument.Properties;
    expect(Content).toMatchObject({ sessionType: 'Port', properties: { portNumber: '22' } });
    expect(Content).not.toHaveProperty('parameters');
  });

  test('none to other nodes and other clusters', () => {
    expect(starts(target('abcdefghij12_worker-group-i-0123456789abcdef0'))).toBeUndefined();
    expect(starts(target('klmnopqrst34_login-group-i-0123456789abcdef0'))).toBeUndefined();
    expect(starts('arn:aws:ec2:us-west-2:111122223333:instance/i-0123456789abcdef0')).toBeUndefined();
  });

  test.each([
    document('SSM-SessionManagerRunShell', '111122223333'),
    document('AWS-StartSSHSession'),
    document('AWS-StartInteractiveCommand'),
    document('AWS-StartPortForwardingSessionToRemoteHost'),
  ])('%s is denied, whatever else allows it', (resource) => {
    expect(starts(resource)).toBe('Deny');
  });

  test('nothing without the check of the document, which is what keeps the default shell away', () => {
    const unchecked = { 'ssm:SessionDocumentAccessCheck': 'false' };
    expect(starts(target('abcdefghij12_login-group-i-0123456789abcdef0'), unchecked)).toBeUndefined();
  });

  test('through an endpoint only where there is one, to port 22 of the VPC', () => {
    const sids = (chosen: string) =>
      resolved(template, template.Resources.ResearcherPolicy.Properties.PolicyDocument, {
        ...given,
        Bastion: chosen,
      }).Statement.map(({ Sid }: { Sid: string }) => Sid);
    expect(sids('endpoint')).toContain('ConnectThroughEndpoint');
    expect(sids('host')).not.toContain('ConnectThroughEndpoint');
  });

  test('follows the name of the group that people log in on', () => {
    const cluster = { ...DEFAULTS.cluster, login: null };
    const without = JSON.stringify(dataOf('access', { ...DEFAULTS, cluster }).Resources.ResearcherPolicy);
    expect(without).toContain(`_${DEFAULTS.cluster.workers[0]!.name}-*`);
  });
});

describe('in a stack of all parts', () => {
  const { form: _, ...everything } = launchpadStack;
  const withWaysIn: Stack = {
    ...everything,
    parts: [...everything.parts, windowsHost, researcherPolicy],
    outputs: [...everything.outputs, 'WindowsTunnel', 'ResearcherPolicyArn'],
  };
  const [compiledStack] = compileStacks([withWaysIn], settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined));
  const whole = compiledStack!.value as any;

  test('there is no bastion unless it is chosen, and nothing is asked for that other parts give', () => {
    const { Bastion, BastionCidr, WindowsHost } = whole.Parameters;
    expect([Bastion.Default, BastionCidr.Default, WindowsHost.Default]).toEqual(['none', '', 'false']);
    const asked = ['VpcId', 'PublicSubnetId', 'ClusterSecurityGroupId', 'DirectoryId', 'ClusterArn'];
    expect(asked.filter((name) => name in whole.Parameters)).toEqual([]);
    expect(whole.Rules).toHaveProperty('BastionHasCidr');
  });

  test('its address waits for the internet gateway, which is let go of only after it', () => {
    expect(whole.Resources.BastionAddress.DependsOn).toContain('InternetGatewayAttachment');
    expect(whole.Resources.BastionAddress.DependsOn).toContain('PublicDefaultRoute');
    expect(template.Resources.BastionAddress).not.toHaveProperty('DependsOn');
  });

  test('is a valid template', () => {
    const found = validate(compiledStack!);
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^PL3020 The template has \d+ bytes/),
    ]);
  });
});
