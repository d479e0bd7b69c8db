import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { launchpadStack, launchpadTrialStack } from '../../src/stacks/launchpad.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import type { StackName } from '../../src/stacks/stack-name.ts';
import { KEY } from '../functions/preflight/situation.ts';
import { assetsOf } from '../support/assets.ts';
import { awsLine } from '../support/aws-cli.ts';
import { hasPython } from '../support/python-tools.ts';
import { createStack, deleteStack, type Stack, stackEvents, updateStack, type Values } from '../support/stacks.ts';
import { type Launcher, RELEASES, startLauncher, type Templates } from './launcher.ts';
import { withoutDirectory } from './without-directory.ts';

const ASSETS = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n' });

/** Some of each stage. PODLAUNCH_LAUNCHPAD=all has every resource fail in turn. */
const FAILING = ['LdapsRecord', 'Directory', 'Cluster'];

/** A bastion that is a host. */
const HOST = { Bastion: 'host', BastionCidr: '203.0.113.0/24' };

/** The conditions of what is made, and what the launcher chooses for it. */
const CHOSEN: ReadonlyMap<string | undefined, Values> = new Map<string | undefined, Values>([
  [undefined, {}],
  ['MakesNetwork', {}],
  ['MakesRoutes', {}],
  ['MakesSecurityGroup', {}],
  ['WantsDirectory', {}],
  ['AdministersDirectory', {}],
  ['RotatesBindSecret', {}],
  ['MakesFileSystem', {}],
  ['HasBastion', HOST],
  ['HasBastionHost', HOST],
  ['WantsBastionEndpoint', { Bastion: 'endpoint' }],
]);
/** A network that exists, with its own ways. */
const ELSEWHERE = {
  ExistingVpcId: 'vpc-0123456789abcdef0',
  ExistingClusterSubnetId: 'subnet-0123456789abcdef0',
  ExistingSecondSubnetId: 'subnet-0123456789abcdef1',
};

/** A creation in which a resource fails. */
type Failing = readonly [id: string, parameters: Values];

/** Which creations fail: a stack, and ids of what it makes by default or with a bastion, but for its custom resources, which the emulator makes by other means. */
function failing(): readonly (readonly [stack: StackName, creations: readonly Failing[]])[] {
  const settings = settingsOf(DEFAULTS, ASSETS, { ...RELEASES, keyPrefix: 'any/' });
  return compileStacks([launchpadStack, launchpadTrialStack], settings).map(({ stack, value }) => {
    const made = Object.entries<any>((value as any).Resources).flatMap(([id, { Type, Condition }]): Failing[] => {
      const parameters = Type.startsWith('Custom::') ? undefined : CHOSEN.get(Condition);
      return parameters ? [[id, parameters]] : [];
    });
    const isAll = process.env['PODLAUNCH_LAUNCHPAD'] === 'all';
    return [stack, isAll ? made : made.filter(([id]) => FAILING.includes(id))];
  });
}

// The emulator has no Service Quotas: what preflight cannot ask is a warning. It makes a directory in no time, and lets go
// of subnets and security groups only when nothing is in them (overlay/in_use.py).
describe.skipIf(!hasPython())('the launchpad', () => {
  let launcher: Launcher;
  let templates: Templates;
  let made: Stack;

  beforeAll(async () => {
    launcher = await startLauncher();
    templates = await launcher.publish(ASSETS, DEFAULTS, withoutDirectory);
  });
  afterAll(() => launcher?.stop());

  const asked = (stack: StackName, parameters: Values) => ({
    name: stack,
    template: templates[stack].text,
    parameters: { AdminUser: 'ada', AdminPublicKey: KEY, ...parameters },
  });
  const launch = (stack: StackName, parameters: Values = {}) => createStack(asked(stack, parameters), launcher.aws);
  const failures = async (stack: Stack) => {
    const failed = (await stackEvents(stack, launcher.aws)).filter((one) => one.ResourceStatus.endsWith('_FAILED'));
    return failed.map((one) => `${one.LogicalResourceId}: ${one.ResourceStatusReason}`).join('\n');
  };
  /** All that costs or is in the way, by kind. */
  const left = async () => {
    const count = async (key: string, ...command: string[]) => (await launcher.cli(...command))?.[key]?.length ?? 0;
    const own = '[?GroupName!=`default`]';
    const running = '[?State.Name!=`terminated`]';
    return {
      vpcs: await launcher.cli('ec2', 'describe-vpcs', '--query', 'length(Vpcs[?IsDefault!=`true`])'),
      subnets: await launcher.cli('ec2', 'describe-subnets', '--query', 'length(Subnets[?DefaultForAz!=`true`])'),
      groups: await launcher.cli('ec2', 'describe-security-groups', '--query', `length(SecurityGroups${own})`),
      nat: await launcher.cli('ec2', 'describe-nat-gateways', '--query', 'length(NatGateways[?State!=`deleted`])'),
      addresses: await count('Addresses', 'ec2', 'describe-addresses'),
      hosts: await launcher.cli(
        'ec2',
        'describe-instances',
        '--query',
        `length(Reservations[].Instances[] | ${running})`,
      ),
      profiles: await count('InstanceProfiles', 'iam', 'list-instance-profiles'),
      fileSystems: await count('FileSystems', 'fsx', 'describe-file-systems'),
      directories: await count('DirectoryDescriptions', 'ds', 'describe-directories'),
      secrets: await count('SecretList', 'secretsmanager', 'list-secrets'),
      balancers: await count('LoadBalancers', 'elbv2', 'describe-load-balancers'),
      functions: await count('Functions', 'lambda', 'list-functions'),
      roles: await count('Roles', 'iam', 'list-roles'),
      clusters: await count('ClusterSummaries', 'sagemaker', 'list-clusters'),
      buckets: await count('Buckets', 's3api', 'list-buckets'),
    };
  };
  const NOTHING = {
    ...{ vpcs: 0, subnets: 0, groups: 0, nat: 0, addresses: 0, hosts: 0, profiles: 0 },
    ...{ fileSystems: 0, directories: 0, secrets: 0 },
    ...{ balancers: 0, functions: 0, roles: 0, clusters: 0, buckets: 1 },
  };

  test('a key that is cut off is refused before anything else is made', async () => {
    const refused = await launch('launchpad', { AdminPublicKey: KEY.slice(0, 40) });
    expect(refused.status).toBe('ROLLBACK_COMPLETE');
    expect(await failures(refused)).toMatch(/^Preflight: AdminPublicKey is not a valid key/m);
    const events = await stackEvents(refused, launcher.aws);
    const begun = new Set(events.map((event) => event.LogicalResourceId).filter((id) => id !== 'launchpad'));
    expect([...begun].toSorted()).toEqual(['Preflight', 'PreflightFunction', 'PreflightLogs', 'PreflightRole']);
    await deleteStack(refused, launcher.aws);
    expect(await left()).toEqual(NOTHING);
  });

  test('two fields make everything, in order', async () => {
    made = await launch('launchpad');
    expect(await failures(made)).toBe('');
    expect(made.status).toBe('CREATE_COMPLETE');
    expect(made.outputs['KeyFingerprint']).toMatch(/^SHA256:/);
    expect(JSON.stringify(made.outputs)).not.toContain(KEY.split(' ')[1]);
    const events = (await stackEvents(made, launcher.aws)).toReversed();
    const at = (id: string, status: string) =>
      events.findIndex((event) => event.LogicalResourceId === id && event.ResourceStatus === status);
    expect(at('Preflight', 'CREATE_COMPLETE')).toBeLessThan(at('Vpc', 'CREATE_IN_PROGRESS'));
    for (const id of ['Directory', 'FileSystem']) {
      expect(at('CertificateCheck', 'CREATE_COMPLETE')).toBeLessThan(at(id, 'CREATE_IN_PROGRESS'));
      expect(at('NatAddress', 'CREATE_COMPLETE')).toBeLessThan(at(id, 'CREATE_IN_PROGRESS'));
      expect(at(id, 'CREATE_COMPLETE')).toBeLessThan(at('Cluster', 'CREATE_IN_PROGRESS'));
    }
  });

  test('a bastion is made by an update, is another kind by the next, and is there when the stack goes', async () => {
    const updated = async (chosen: Values) => {
      const { status, outputs } = await updateStack(asked('launchpad', chosen), launcher.aws);
      expect([chosen, status]).toEqual([chosen, 'UPDATE_COMPLETE']);
      const { hosts, addresses, profiles } = await left();
      return { outputs, things: [hosts, addresses, profiles] };
    };
    expect(made.outputs).not.toHaveProperty('BastionAddress');
    const host = await updated(HOST);
    expect(host.things).toEqual([1, 2, 1]);
    expect(host.outputs['BastionSshConfig']).toContain(`HostName ${host.outputs['BastionAddress']}\n`);
    const endpoint = await updated({ Bastion: 'endpoint' });
    expect(endpoint.things).toEqual([0, 1, 0]);
    expect(endpoint.outputs['EndpointSshConfig']).toMatch(/--instance-connect-endpoint-id \S+ /);
    const none = await updated({});
    expect(none.things).toEqual([0, 1, 0]);
    expect(none.outputs).not.toHaveProperty('EndpointSshConfig');
    expect((await updated(HOST)).things).toEqual([1, 2, 1]);
  });

  test.each([
    [{ Bastion: 'host' }, 'needs BastionCidr'],
    [{ Bastion: 'host', BastionCidr: '0.0.0.0/0' }, 'An IPv4 block, a /8 to a /32'],
    [{ ...HOST, ...ELSEWHERE }, 'needs a public subnet of this stack'],
  ] as [Values, string][])('%j is refused before anything is made', async (chosen, why) => {
    await expect(updateStack(asked('launchpad', chosen), launcher.aws)).rejects.toThrow(why);
  });

  test('deleted in one go, the data and what it needs stay, and nothing else', async () => {
    expect(await deleteStack(made, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await left()).toEqual({
      ...NOTHING,
      ...{ vpcs: 1, subnets: 2, groups: 1, fileSystems: 1, directories: 1, secrets: 1 },
    });
  });

  test('a second launch uses what was kept, and leaves it where it is when it is deleted', async () => {
    const lines = made.outputs['RemoveKept']!;
    const id = (pattern: RegExp) => pattern.exec(lines)![1]!;
    const subnets = [...lines.matchAll(/--subnet-id (\S+)/g)].map(([, subnet]) => subnet!);
    const [system] = (await launcher.cli('fsx', 'describe-file-systems')).FileSystems;
    const [directory] = (await launcher.cli('ds', 'describe-directories')).DirectoryDescriptions;
    const second = await launch('launchpad', {
      ExistingVpcId: id(/--vpc-id (\S+)/),
      ExistingClusterSubnetId: subnets[0]!,
      ExistingSecondSubnetId: subnets[1]!,
      ExistingSecurityGroupId: id(/--group-id (\S+)/),
      MakeRoutes: 'true',
      ExistingFileSystemDnsName: system.DNSName,
      ExistingFileSystemMountName: 'abcdebmv',
      ExistingAddress1: directory.DnsIpAddrs[0],
      ExistingAddress2: directory.DnsIpAddrs[1],
      ExistingDirectoryId: directory.DirectoryId,
      ExistingAdminSecretArn: id(/--secret-id (\S+)/),
    });
    expect(await failures(second)).toBe('');
    const begun = (await stackEvents(second, launcher.aws)).map((event) => event.LogicalResourceId);
    expect(begun).toEqual(expect.arrayContaining(['People', 'AlignTargetsSchedule', 'PeopleFunction']));
    expect(begun).not.toContain('Directory');
    const [, people] = (await launcher.cli('lambda', 'list-functions')).Functions.map(
      ({ Environment, FunctionName }: any) => [FunctionName, Environment?.Variables],
    ).find(([, variables]: any) => variables?.AdminSecretArn)!;
    expect(people).toMatchObject({ DirectoryId: directory.DirectoryId, AdminSecretArn: id(/--secret-id (\S+)/) });
    expect(second.status).toBe('CREATE_COMPLETE');
    expect(await left()).toMatchObject({ vpcs: 1, subnets: 4, fileSystems: 1, directories: 1, nat: 1, clusters: 1 });
    const kept = { ...NOTHING, vpcs: 1, subnets: 2, groups: 1, fileSystems: 1, directories: 1, secrets: 1 };
    expect(await deleteStack(second, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await left()).toEqual(kept);
  });

  test('the lines of the output remove what stayed', async () => {
    for (const line of made.outputs['RemoveKept']!.split('\n').filter((one) => !one.startsWith('#'))) {
      const { code, stderr } = await awsLine(line, launcher.aws);
      expect([line, code, stderr]).toEqual([line, 0, '']);
    }
    expect(await left()).toEqual(NOTHING);
  });

  test('of the trial nothing stays, nor of its bastion', async () => {
    const trial = await launch('launchpad-trial', HOST);
    expect(trial.status).toBe('CREATE_COMPLETE');
    expect(await left()).toMatchObject({ hosts: 1, addresses: 2 });
    expect(await deleteStack(trial, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await left()).toEqual(NOTHING);
  });

  describe.each(failing())('a creation of the %s', (stack, creations) => {
    afterAll(() => launcher.refuse());

    test.each(creations)('that fails at %s is rolled back, and deleted in one go', async (id, parameters) => {
      await launcher.refuse(id);
      const failed = await launch(stack, parameters);
      const why = await failures(failed);
      const deleted = await deleteStack(failed, launcher.aws);
      expect([failed.status, deleted.status], why).toEqual(['ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);
      expect(why).toContain(`${id} is refused`);
    });

    test('that fails leaves nothing', async () => expect(await left()).toEqual(NOTHING));
  });
});
