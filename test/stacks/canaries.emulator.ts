import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { launchpadStack } from '../../src/stacks/launchpad.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { KEY } from '../functions/preflight/situation.ts';
import { assetsOf } from '../support/assets.ts';
import { hasPython } from '../support/python-tools.ts';
import { createStack, deleteStack, type Stack, updateStack } from '../support/stacks.ts';
import { type Launcher, RELEASES, startLauncher } from './launcher.ts';

const ASSETS = assetsOf({ 'on_init_complete.sh': '#!/usr/bin/env bash\necho 1\n' });

/** Behind the code of each function: its log then has what it was handed, and what it answered. */
const TELLS = `
{
  const { handler } = module.exports;
  module.exports = {
    handler: async (event, context) => {
      console.log('HANDED ' + JSON.stringify(event));
      const answer = await handler(event, context);
      console.log('ANSWERED ' + JSON.stringify(answer));
      return answer;
    },
  };
}
`;
/** In the place of the people function, whose directory is not here. people.emulator.ts looks at its own words. */
const PEOPLE = 'exports.handler = async () => ({ done: [], notes: [] });';

/** How a private key begins in base64: of EC in PKCS #8 and SEC 1, of RSA in PKCS #8 and PKCS #1. */
const KEYS = ['MIGHAgEAMBMGByqGSM49', 'MIGTAgEAMBMGByqGSM49', 'MHcCAQEE', 'MIIEvQIBADAN', 'MIIEowIBAA'];

/** A secret as it is, and as something could have turned it. */
const formsOf = (secret: string): readonly string[] => [
  ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)],
  ...['base64', 'hex'].map((encoding) => Buffer.from(secret).toString(encoding as BufferEncoding)),
  createHash('sha256').update(secret).digest('hex'),
];
/** A private key in PEM. The code of functions in the template has the words before it and after it alone. */
const PEM = /PRIVATE KEY-----(?:\\+[nr]|\s)*[A-Za-z0-9+/]{16}/;
const shownIn = (text: string, secrets: readonly string[]) => [
  ...[...secrets.flatMap(formsOf), ...KEYS].filter((form) => text.includes(form)),
  ...(PEM.exec(text) ?? []),
];

describe.skipIf(!hasPython())('the secrets of a launch', () => {
  let launcher: Launcher;
  let template: string;
  let made: Stack;
  beforeAll(async () => {
    launcher = await startLauncher();
    const { prerequisites } = await launcher.publish(ASSETS);
    const keyPrefix = (prerequisites.value as any).Parameters.ReleaseKeyPrefix.Default;
    const settings = settingsOf(DEFAULTS, ASSETS, { ...RELEASES, keyPrefix });
    const body = structuredClone(compileStacks([launchpadStack], settings)[0]!.value) as any;
    body.Resources.PeopleFunction.Properties.Code.ZipFile = PEOPLE;
    for (const { Type, Properties } of Object.values<any>(body.Resources)) {
      if (Type === 'AWS::Lambda::Function') Properties.Code.ZipFile += TELLS;
    }
    template = JSON.stringify(body);
    const parameters = { AdminUser: 'ada', AdminPublicKey: KEY };
    made = await createStack({ name: 'launchpad', template, parameters }, launcher.aws);
  });
  afterAll(() => launcher?.stop());

  const cli = (...args: readonly string[]) => launcher.cli(...args);
  /** Passwords of the directory's secrets: no part of a stack but the secrets themselves may have them. */
  const passwords = async (): Promise<readonly string[]> => {
    const { SecretList } = await cli('secretsmanager', 'list-secrets');
    const values = await Promise.all(
      SecretList.map(({ ARN }: any) => cli('secretsmanager', 'get-secret-value', '--secret-id', ARN)),
    );
    return values.flatMap(({ SecretString }: any) => JSON.parse(SecretString).password ?? []);
  };
  /** All that somebody may read who may not read secrets, by where it is. */
  const visible = async (): Promise<Readonly<Record<string, string>>> => {
    const { Functions } = await cli('lambda', 'list-functions');
    const stack = ['--stack-name', made.id];
    const logs = await Promise.all(
      (await cli('logs', 'describe-log-groups')).logGroups.map(({ logGroupName }: any) =>
        cli('logs', 'filter-log-events', '--log-group-name', logGroupName),
      ),
    );
    const { Schedules } = await cli('scheduler', 'list-schedules');
    const schedules = Schedules.map(({ Name, GroupName }: any) =>
      cli('scheduler', 'get-schedule', '--name', Name, '--group-name', GroupName),
    );
    const clusters = (await cli('sagemaker', 'list-clusters')).ClusterSummaries.map(({ ClusterName }: any) =>
      cli('sagemaker', 'describe-cluster', '--cluster-name', ClusterName),
    );
    return {
      events: JSON.stringify(await cli('cloudformation', 'describe-stack-events', ...stack)),
      outputs: JSON.stringify(await cli('cloudformation', 'describe-stacks', ...stack)),
      resources: JSON.stringify(await cli('cloudformation', 'describe-stack-resources', ...stack)),
      template: JSON.stringify(await cli('cloudformation', 'get-template', ...stack)),
      functions: JSON.stringify(Functions),
      logs: logs.flatMap(({ events }: any) => events.map(({ message }: any) => message)).join('\n'),
      parameters: JSON.stringify(await cli('ssm', 'get-parameters-by-path', '--path', '/podlaunch', '--recursive')),
      schedules: JSON.stringify(await Promise.all(schedules)),
      clusters: JSON.stringify(await Promise.all(clusters)),
    };
  };
  const shown = async (secrets: readonly string[]) => {
    const places = Object.entries(await visible());
    return places.flatMap(([place, text]) => shownIn(text, secrets).map((form) => `${place}: ${form}`));
  };

  test('are looked for where they could be, and would be found', async () => {
    expect(made.status).toBe('CREATE_COMPLETE');
    const secrets = await passwords();
    expect(secrets).toHaveLength(2);
    const { logs, functions, parameters, schedules, clusters } = await visible();
    for (const type of ['Preflight', 'CopyAssets', 'Certificate', 'AlignedTargets', 'People']) {
      expect(logs).toMatch(new RegExp(`HANDED .*"ResourceType":"Custom::${type}"`));
    }
    expect(logs).toMatch(/HANDED {"action":"apply"/);
    expect([functions, parameters, clusters].map((text = '') => text.length > 1000)).toEqual([true, true, true]);
    expect(schedules).toContain('StackId');
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(shownIn(JSON.stringify({ key }), secrets)).toHaveLength(2);
    for (const form of secrets.flatMap(formsOf)) expect(shownIn(`${logs} ${form}`, secrets)).toContain(form);
  });

  test('are in no event, log, payload, output, property or parameter, nor in an update', async () => {
    const secrets = await passwords();
    expect(await shown(secrets)).toEqual([]);
    const parameters = { AdminUser: 'bob', AdminPublicKey: KEY };
    expect(await updateStack({ name: 'launchpad', template, parameters }, launcher.aws)).toMatchObject({
      status: 'UPDATE_COMPLETE',
    });
    expect(await passwords()).toEqual(secrets);
    expect(await shown(secrets)).toEqual([]);
  });

  test('and nor is one in what its deletion says', async () => {
    const secrets = await passwords();
    expect(await deleteStack(made, launcher.aws)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(JSON.stringify(await cli('cloudformation', 'describe-stack-events', '--stack-name', made.id))).toContain(
      'DELETE_COMPLETE',
    );
    expect(await shown(secrets)).toEqual([]);
  });
});
