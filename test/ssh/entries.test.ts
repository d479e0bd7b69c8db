import { expect, test } from 'vitest';
import { entries, type SshCluster } from '../../src/ssh/entries.ts';
import { codesOf } from '../support/refused.ts';

const cluster: SshCluster = {
  region: 'us-west-2',
  id: 'abcdefghij12',
  name: 'hyperpod',
  user: 'ada',
  document: 'access-SshDocument-1',
  bastion: '203.0.113.7',
  endpoint: 'eice-0123456789abcdef0',
};
const node = { group: 'login-group', instanceId: 'i-0123456789abcdef0', address: '10.0.12.34' };

test('by Systems Manager, with the document that knows port 22 alone', () => {
  expect(entries(cluster, 'ssm', [node])).toBe(`Host hyperpod-1 login-group-i-0123456789abcdef0
  HostName login-group-i-0123456789abcdef0
  HostKeyAlias login-group-i-0123456789abcdef0
  User ada
  ProxyCommand aws ssm start-session --region us-west-2 --target sagemaker-cluster:abcdefghij12_login-group-i-0123456789abcdef0 --document-name access-SshDocument-1
  ServerAliveInterval 60`);
  const byPort = { ...cluster, document: 'AWS-StartSSHSession', parameters: ' --parameters portNumber=%p' };
  expect(entries(byPort, 'ssm', [node])).toContain('--document-name AWS-StartSSHSession --parameters portNumber=%p\n');
});

test('through a bastion, whose entry comes first', () => {
  expect(entries({ ...cluster, user: undefined }, 'bastion', [node])).toBe(`Host podlaunch-bastion
  HostName 203.0.113.7
  User jump

Host hyperpod-1 login-group-i-0123456789abcdef0
  HostName 10.0.12.34
  HostKeyAlias login-group-i-0123456789abcdef0
  ProxyJump podlaunch-bastion
  ServerAliveInterval 60`);
});

test('through an endpoint', () => {
  expect(entries(cluster, 'endpoint', [node])).toContain(
    'ProxyCommand aws ec2-instance-connect open-tunnel --region us-west-2 --instance-connect-endpoint-id eice-0123456789abcdef0 --private-ip-address %h\n',
  );
});

const HOSTILE = ['x; rm -rf ~', 'x\n  ProxyCommand sh', '$(sh)', '`sh`', 'a b', '%h', '-oProxyCommand=sh', ''];
test.each(HOSTILE)('a value %j is refused wherever it is', (bad) => {
  const asked = (change: Partial<SshCluster>, way: 'ssm' | 'bastion' | 'endpoint' = 'ssm', of: object = {}) =>
    codesOf(() => entries({ ...cluster, ...change }, way, [{ ...node, ...of }]));
  for (const key of ['region', 'id', 'name', 'user', 'document'] as const)
    expect([key, asked({ [key]: bad })]).toEqual([key, ['PL9302']]);
  expect(asked({ bastion: bad }, 'bastion')).toEqual(['PL9302']);
  expect(asked({ endpoint: bad }, 'endpoint')).toEqual(['PL9302']);
  expect(asked({}, 'bastion', { address: bad })).toEqual(['PL9302']);
  expect(asked({}, 'ssm', { group: bad })).toEqual(['PL9302']);
  expect(asked({}, 'ssm', { instanceId: bad })).toEqual(['PL9302']);
});
