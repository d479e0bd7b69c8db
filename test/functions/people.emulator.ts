import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../src/certificate/x509/identity.ts';
import { signerOf } from '../../src/certificate/x509/issue.ts';
import { publicKeyHash } from '../../src/certificate/x509/key-hash.ts';
import { newKey } from '../../src/certificate/x509/keys.ts';
import { PEOPLE_ANSWER_CODE } from '../../src/functions/generated/people-answer.ts';
import { EVERY_FUNCTION } from '../../src/functions/lib/declaration.ts';
import { peopleFunction } from '../../src/functions/people/function.ts';
import type { PeopleCall } from '../../src/functions/people/handler.ts';
import { type AnswerServer, startAnswerServer } from '../support/answers.ts';
import { actionsOf } from '../support/aws-actions.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';
import { type FunctionEnd, startFunction } from '../support/lambda.ts';
import { lambdaNode } from '../support/lambda-node.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { ENVIRONMENT, environmentOf, type FakeAws, FUNCTION, peopleCodeFor, startFakeAws } from './people/fake/aws.ts';
import { ROOT } from './people/fake/directory.ts';
import { newSshKey } from './people/fake/keys.ts';
import { type FakeServer, startFakeServer, takeTurns } from './people/fake/server.ts';

// The text of both functions on Lambda's Node.js, with the real SDK, a fake directory and fake services.
let fake: FakeServer;
let aws: FakeAws;
let stack: DescribedStack;
let answers: AnswerServer;
let node: string;
/** All that was seen outside: logs, payloads, answers. */
let seen: string[];
beforeEach(async () => {
  fake = await startFakeServer();
  [aws, stack, answers] = await Promise.all([startFakeAws(fake), startDescribedStack(), startAnswerServer()]);
  node = await lambdaNode(peopleFunction.runtime);
  seen = [];
  aws.invoke = async (payload) => {
    seen.push(payload);
    const { results } = await call(JSON.parse(payload));
    return { body: JSON.stringify(results[0] ?? null) };
  };
});
afterEach(async () => {
  // Passwords of Admin and of the bind accounts.
  expect(seen.join('\n')).not.toMatch(/canary/i);
  await Promise.all([fake.stop(), aws.stop(), stack.stop(), answers.stop()]);
});

async function start(code: string, event: object, told: object = {}): Promise<FunctionEnd> {
  const services = { ...awsEnvironment({ endpointUrl: aws.url }), AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url };
  const end = await startFunction(code, [event], { env: { ...services, ...environmentOf(fake), ...told }, node }).ended;
  seen.push(end.log, JSON.stringify(end.results));
  return end;
}
const call = (event: PeopleCall | object) => start(peopleCodeFor(fake), event);
const ask = async (event: PeopleCall) => (await call(event)).results[0] as any;

const [K1, K2] = [newSshKey(), newSshKey()] as const;
const GROUPS = ['ClusterAdmin', 'ClusterDev'];
const first = {
  FunctionArn: FUNCTION,
  SecurityGroupId: 'sg-own',
  Groups: GROUPS,
  AdminUser: 'ada',
  AdminPublicKey: K1,
};
const request = (RequestType: string, properties: object, old?: object) => ({
  ...{ RequestType, ResponseURL: answers.url, StackId: STACK_ID, RequestId: 'r', LogicalResourceId: 'People' },
  ...(RequestType !== 'Create' && { PhysicalResourceId: 'podlaunch-people' }),
  ResourceProperties: properties,
  ...(old && { OldResourceProperties: old }),
});
const resource = async (RequestType: string, properties: object, old?: object) => {
  await start(PEOPLE_ANSWER_CODE.text, request(RequestType, properties, old));
  return answers.received.at(-1)!;
};
const keys = (name: string) => fake.directory.named(name)?.values.get('altsecurityidentities');

describe('the people function', () => {
  test('plans, applies, plans nothing more, and tells what is there', async () => {
    const document = { groups: GROUPS, people: [{ name: 'ada', groups: ['ClusterAdmin'], keys: [K1] }] };
    const { plan } = await ask({ action: 'plan', document });
    const { done } = await ask({ action: 'apply', document });
    expect(done).toEqual(plan);
    expect(done).toContain('put ada into ClusterAdmin, whose members are root of the cluster');
    expect(await ask({ action: 'plan', document })).toEqual({ plan: [], problems: [], notes: [] });
    const exported = await ask({ action: 'export' });
    expect(exported.document.people).toEqual([{ name: 'ada', groups: ['ClusterAdmin'], keys: [K1], state: 'enabled' }]);
    expect(fake.directory.passwords.get('readonly')).toBe('B1nd-canary-Passw0rd');
    expect(fake.directory.passwords.get('ada')).toMatch(/^Aa1!.{32}$/);
  });

  test('asks AWS for what it declares: nothing more, and nothing for nothing', async () => {
    fake.directory.refusals.set('admin', '532');
    takeTurns(fake);
    const add = { edit: 'add', name: 'ada', groups: ['ClusterDev', 'ClusterAdmin'], keys: [K1] } as const;
    const reader = 'arn:aws:iam::111122223333:role/Ada';
    aws.made.set(`${ENVIRONMENT.HandOverPrefix}bob`, { changed: 0 });
    const ends = [
      await call({ action: 'apply', edits: [add] }),
      await call({ action: 'reset password', name: 'ada', reader }),
      await call({ StackId: STACK_ID, Properties: {} }),
      await call({ action: 'try bind', versionId: [...aws.bindSecret.versions.keys()][0] }),
    ];
    expect(ends.at(-1)!.results).toEqual([{ opened: ['DC1', 'DC2'] }]);
    expect(aws.published).toEqual([expect.stringContaining('become root of the cluster: ada (ClusterAdmin).')]);
    const asked = actionsOf(ends.flatMap(({ calls }) => calls)).map(({ action }) => action);
    const declared = Object.values({ ...peopleFunction.permissions, ...EVERY_FUNCTION }).flatMap(
      ({ actions }) => actions,
    );
    expect([...new Set(asked)].toSorted()).toEqual([...new Set<string>(declared)].toSorted());
  });

  test('a failure is an answer in words', async () => {
    expect(await ask({ action: 'apply', document: { people: [{ name: 'root' }] } })).toEqual({
      error: 'The name "root" must be another name than root, which the directory or the nodes have already.',
    });
    fake.directory.refusals.set('admin', '533');
    expect(await ask({ action: 'export' })).toEqual({
      error: expect.stringContaining('refuses Admin: it is disabled'),
    });
  });

  test('what AWS says of a password that it does not set is not repeated', async () => {
    const { directory } = fake;
    directory.resetPassword = () => {
      throw new Error('InvalidPasswordException');
    };
    const { error } = await ask({ action: 'apply', edits: [] });
    expect(error).toMatch(
      /^Could not set the password of ReadOnly2?: AWS did not set the password .*InvalidPasswordException/,
    );
  });

  describe('a new password', () => {
    const READER = 'arn:aws:iam::111122223333:role/Ada';
    const SECRET = `${ENVIRONMENT.HandOverPrefix}ada`;
    const add = { edit: 'add', name: 'ada', groups: ['ClusterDev'], keys: [K1] } as const;
    const reset = (reader = READER) => ask({ action: 'reset password', name: 'ada', reader });

    test('is in a secret that one reader may read, for a week, and nowhere else', async () => {
      await ask({ action: 'apply', edits: [add] });
      const { secret, readableUntil } = await reset();
      const { policy, value } = aws.made.get(SECRET)!;
      const { username, password } = JSON.parse(value!);
      expect([username, password]).toEqual(['ada', fake.directory.passwords.get('ada')]);
      expect(seen.join('')).not.toContain(password);
      expect(secret).toContain(SECRET);

      const allowed = [{ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }, policy];
      const may = (principal: string, date: string) =>
        isAllowed(allowed, {
          ...{ principal, action: 'secretsmanager:GetSecretValue', resource: secret },
          context: { 'aws:CurrentTime': date },
        });
      const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
      expect(Date.parse(readableUntil) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
      expect([may(READER, days(0)), may(READER, days(6.9)), may(READER, days(7.1))]).toEqual([true, true, false]);
      expect(may('arn:aws:iam::111122223333:role/Administrator', days(0))).toBe(false);

      await reset();
      expect(JSON.parse(aws.made.get(SECRET)!.value!).password).not.toBe(password);
    });

    test('is not set where nobody could read it', async () => {
      await ask({ action: 'apply', edits: [add] });
      const before = fake.directory.passwords.get('ada');
      const { error } = await reset('arn:aws:iam::111122223333:role/nobody');
      expect(error).toContain('there is no arn:aws:iam::111122223333:role/nobody). The one of now is still in force');
      expect(fake.directory.passwords.get('ada')).toBe(before);
    });

    test('is forgotten by the daily run when nobody may read it any more', async () => {
      const old = { changed: Date.now() - 8 * 86_400_000 };
      const names = [SECRET, `${SECRET}2`, SECRET.toUpperCase()];
      aws.made.set(names[0]!, { changed: Date.now() });
      for (const name of names.slice(1)) aws.made.set(name, old);
      await call({ StackId: STACK_ID, Properties: {} });
      expect(aws.removed).toEqual([`${SECRET}2`]);
    });
  });

  test('a certificate of another authority in ACM has no password sent to its host', async () => {
    const { publicKey, privateKey } = await newKey();
    const own = await makeAuthority({ host: 'localhost', days: 2, now: new Date() }, signerOf(publicKey, privateKey));
    const code = peopleCodeFor(fake);
    const { results } = await start(code, { action: 'export' }, { AuthorityKeySha256: publicKeyHash(own) });
    expect(results[0]).toEqual({
      error: expect.stringMatching(/of another authority than the stack's.*No password was sent/),
    });
    expect(fake.seen).toEqual([]);
    // One that was renewed has another certificate, and the same key.
    expect(fake.olderAuthority).not.toBe(fake.target.authority);
    const AuthorityKeySha256 = publicKeyHash(fake.olderAuthority);
    const later = await start(code, { action: 'export' }, { AuthorityKeySha256 });
    expect(later.results[0]).toHaveProperty('document');
  });

  test('by its schedule it says what differs, and changes nothing', async () => {
    const { code, log } = await call({ StackId: STACK_ID, Properties: {} });
    expect([code, log]).toEqual([0, expect.stringContaining('make ReadOnly, which nodes search with')]);
    expect(fake.directory.named('ReadOnly')).toBeUndefined();
  });
});

describe('the custom resource', () => {
  test('makes groups, bind accounts and the first person', async () => {
    expect(await resource('Create', first)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'podlaunch-people',
      Data: { FunctionArn: FUNCTION },
    });
    expect(keys('ada')).toEqual([K1]);
    expect(fake.directory.memberOf(`CN=ada,OU=Users,${ROOT}`)).toEqual([`CN=ClusterAdmin,OU=Groups,${ROOT}`]);
    expect(fake.directory.named('ClusterDev')).toBeDefined();
  });

  test('gives the first person another key, and brings back nobody without a reason', async () => {
    await resource('Create', first);
    await resource('Update', { ...first, AdminPublicKey: K2 }, first);
    expect(keys('ada')).toEqual([K2]);
    await ask({ action: 'apply', edits: [{ edit: 'remove', name: 'ada' }] });
    await resource('Update', { ...first, Groups: [...GROUPS, 'More'] }, first);
    expect(fake.directory.named('ada')!.values.get('useraccountcontrol')).toEqual(['514']);
    expect(fake.directory.named('More')).toBeDefined();
  });

  test('fails with the function’s own words, and a rollback does not', async () => {
    fake.directory.put(`CN=x,OU=Users,${ROOT}`, {
      objectClass: ['group'],
      sAMAccountName: ['ClusterDev'],
      adminCount: ['1'],
    });
    const { Status, Reason } = await resource('Create', first);
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('ClusterDev: is one of the domain')]);
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect((await resource('Update', first, { ...first, AdminUser: 'bob' })).Status).toBe('SUCCESS');
  });

  test('waits for a function whose interfaces are still made', async () => {
    const [ready, once] = [aws.invoke, ['not yet']];
    aws.invoke = async (payload) => (once.pop() ? { status: 409, body: '{"Type":"User"}' } : ready(payload));
    expect((await resource('Create', first)).Status).toBe('SUCCESS');
  });

  test('is deleted without a word to the directory, and nobody is', async () => {
    await resource('Create', first);
    fake.seen.length = 0;
    expect((await resource('Delete', first)).Status).toBe('SUCCESS');
    expect(fake.seen).toEqual([]);
  });
});
