import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { deployStack } from '../../src/deploy/deploy-stack.ts';
import type { DeployedStack } from '../../src/deploy/deployed-stack.ts';
import type { DeployEvent } from '../../src/deploy/events.ts';
import { openStacks, type Stacks } from '../../src/deploy/stacks.ts';
import type { Talk } from '../../src/deploy/talk.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { awsEnvironment, awsJson } from '../support/aws-cli.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { refusalOf } from '../support/refused.ts';

const CANARY = 'canary-4711-of-nobody';

const TEMPLATE = (more = '') => `
Parameters:
  Name: {Type: String}
  Password: {Type: String, NoEcho: true, MinLength: 4}
  Size: {Type: Number, Default: 1}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub "\${Name}-topic"}}
  Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Size}}
${more}
Outputs:
  TopicArn: {Value: !Ref Topic}
  Told: {Value: !Ref Password}
`;

// Nobody signals it, so it fails after a second.
const FAILING = `  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Broken: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: 1}}
`;

describe.skipIf(!hasPython())('a stack is deployed', () => {
  let cloud: Ministack;
  let proxy: FaultProxy;
  let stacks: Stacks;
  let number = 0;
  let name: string;
  let events: DeployEvent[];
  let remembered: Record<string, string>;

  beforeAll(async () => {
    cloud = await startMinistack();
    for (const [key, value] of Object.entries(awsEnvironment(cloud.aws)))
      if (key.startsWith('AWS_')) vi.stubEnv(key, value);
    proxy = await startFaultProxy(cloud.url);
    stacks = await openStacks({ region: 'us-west-2', endpointUrl: proxy.url });
  });
  afterAll(async () => {
    stacks?.close();
    vi.unstubAllEnvs();
    await proxy?.stop();
    await cloud?.stop();
  });
  beforeEach(() => {
    proxy.reset();
    name = `physics-${number++}`;
    events = [];
    remembered = {};
  });

  interface Run extends Partial<Talk> {
    readonly template?: string;
    readonly given?: Record<string, string>;
    readonly secrets?: Record<string, string>;
  }
  const run = ({ template = TEMPLATE(), given = {}, secrets = {}, ...talk }: Run = {}): Promise<DeployedStack> =>
    deployStack(
      stacks,
      {
        name,
        template: { text: template, value: readTemplate(template, 'test.yaml').value },
        sources: { given: { Name: name, ...given }, secrets, remembered: {}, outputs: {} },
      },
      {
        ask: undefined,
        confirm: () => Promise.resolve(true),
        onEvent: (event) => void events.push(event),
        remember: (values) => void Object.assign(remembered, values),
        pause: () => 20,
        ...talk,
      },
    );
  const secrets = { Password: CANARY };
  const kinds = () => [...new Set(events.map(({ event }) => event))];
  const statusNow = async () => (await stacks.describe(name))?.status;

  test('made, updated, and left alone where nothing changes; secrets are in nothing that is told', async () => {
    const made = await run({ secrets });
    expect(made).toMatchObject({ result: 'created', outputs: { TopicArn: expect.stringContaining(`${name}-topic`) } });
    expect(kinds()).toEqual(['plan', 'started', 'resource', 'done']);
    expect(events[0]).toMatchObject({ isNew: true, changes: [{ action: 'add' }, { action: 'add' }] });
    expect(remembered).toEqual({ Name: name });
    expect(events.at(-1)).toMatchObject({ event: 'done', outputs: { Told: '****' } });
    expect(JSON.stringify([events, remembered, made.shown])).not.toContain(CANARY);

    events = [];
    expect(await run({ given: { Size: '5' } })).toMatchObject({ result: 'updated' });
    expect(events[0]).toMatchObject({ isNew: false, changes: [{ action: 'modify', id: 'Queue', replaced: 'no' }] });
    events = [];
    expect(await run()).toMatchObject({ result: 'unchanged' });
    expect(kinds()).toEqual(['done']);
  });

  test('what is replaced is said before anybody agrees, and a no leaves nothing behind', async () => {
    await run({ secrets });
    const asked: string[] = [];
    const confirm = (question: string) => {
      asked.push(question);
      expect(events.at(-1)).toMatchObject({
        event: 'plan',
        changes: [{ id: 'Topic', replaced: 'yes', old: 'deleted' }],
      });
      return Promise.resolve(false);
    };
    events = [];
    expect(await run({ given: { Name: 'other' }, confirm })).toMatchObject({ result: 'declined' });
    expect(asked).toEqual([`Update ${name}?`]);
    const { Summaries } = await awsJson<any>(['cloudformation', 'list-change-sets', '--stack-name', name], cloud.aws);
    expect(Summaries.filter((one: any) => one.ExecutionStatus === 'AVAILABLE')).toEqual([]);
  });

  test('of a new stack that nobody wants not even the name stays', async () => {
    expect(await run({ secrets, confirm: () => Promise.resolve(false) })).toMatchObject({ result: 'declined' });
    expect(await statusNow()).toBeUndefined();
  });

  test('what is missing is asked for until it is right, secrets last; without a terminal all is named at once', async () => {
    expect(await refusalOf(run({ given: { Name: name } }))).toMatchObject([
      { code: 'PL8504', hint: expect.stringContaining('--param-file Password=FILE') },
    ]);
    const asked: string[] = [];
    const answers = ['no', CANARY];
    const ask: Talk['ask'] = (question, fault) => {
      asked.push(`${question.name} ${question.isSecret} ${fault ?? 'first'}`);
      return Promise.resolve(answers.shift()!);
    };
    expect(await run({ ask })).toMatchObject({ result: 'created' });
    expect(asked).toEqual(['Password true first', 'Password true This is not a value for Password.']);
    expect(JSON.stringify([events, remembered])).not.toContain(CANARY);
  });

  test('interrupted before anybody agreed: the next run takes the change set over, and asks for no secret again', async () => {
    const interrupted = run({ secrets, confirm: () => Promise.reject(new Error('Ctrl-C')) });
    await expect(interrupted).rejects.toThrow('Ctrl-C');
    expect(await statusNow()).toBe('REVIEW_IN_PROGRESS');
    events = [];
    expect(await run()).toMatchObject({ result: 'created' });
    expect(events.find(({ event }) => event === 'started')).toMatchObject({ adopted: true });
  });

  test('interrupted while the stack is made: the next run watches it from its beginning', async () => {
    const slow = TEMPLATE(`  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Wait: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: 4}}
`);
    const stop = (event: DeployEvent) => {
      if (event.event === 'resource' && event.id === 'Wait') throw new Error('Ctrl-C');
    };
    await expect(run({ template: slow, secrets, onEvent: stop })).rejects.toThrow('Ctrl-C');
    expect(await statusNow()).toBe('CREATE_IN_PROGRESS');
    // The wait condition runs into its time-out: the cause is told by the run that only watched.
    expect(await refusalOf(run({ template: slow }))).toMatchObject([
      { code: 'PL8503', message: expect.stringContaining(`${name}: Wait (AWS::CloudFormation::WaitCondition) failed`) },
    ]);
    expect(events[0]).toMatchObject({ event: 'started', adopted: true, action: 'create' });
    expect(events.filter((one) => one.event === 'resource' && one.id === 'Topic')).not.toEqual([]);
  });

  test('what failed first is the cause, with the next step; then it is deleted and made anew', async () => {
    const [cause, ...others] = await refusalOf(run({ template: TEMPLATE(FAILING), secrets }));
    expect(cause).toMatchObject({
      code: 'PL8503',
      message: expect.stringContaining('Broken (AWS::CloudFormation::WaitCondition)'),
    });
    expect(cause!.hint).not.toBe('');
    expect(others).toEqual([]);
    expect(await statusNow()).toBe('ROLLBACK_COMPLETE');
    const declined = await refusalOf(run({ secrets, confirm: () => Promise.resolve(false) }));
    expect(declined).toMatchObject([{ code: 'PL8502' }]);
    expect(await run({ secrets })).toMatchObject({ result: 'created' });
  });

  test('an update that fails says why after it was rolled back', async () => {
    await run({ secrets });
    const [cause] = await refusalOf(run({ template: TEMPLATE(FAILING) }));
    expect(cause).toMatchObject({ code: 'PL8503', message: expect.stringContaining('Broken') });
    expect(await statusNow()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await run({ given: { Size: '2' } })).toMatchObject({ result: 'updated' });
  });

  test('nobody agrees without a terminal', async () => {
    expect(await refusalOf(run({ secrets, confirm: undefined }))).toMatchObject([{ code: 'PL8507' }]);
  });

  describe('a fault at every request', () => {
    /** The requests of a whole run, without the many looks at the end. */
    const requests = async (): Promise<number> => {
      await run({ secrets });
      return proxy.seen.length;
    };

    test.each(['cut', 503, 'loseAnswer', { status: 400, code: 'Throttling' }] as const)(
      'once: %j costs a repetition, and nothing else',
      { timeout: 120_000 },
      async (fate) => {
        const all = await requests();
        for (let at = 1; at <= all; at++) {
          proxy.reset();
          events = [];
          name = `physics-${number++}`;
          proxy.decide = (count) => (count === at ? fate : 'pass');
          expect(await run({ secrets }), `request ${at}`).toMatchObject({ result: 'created' });
        }
      },
    );

    test.each([
      ['ExpiredToken', /expired/, /Sign in again/],
      ['AccessDenied', /denied/, /cloudformation:\w+/],
      ['InvalidClientTokenId', /does not accept the credentials/, /get-caller-identity/],
    ])(
      'from there on: %s ends it in words, and the next run goes on',
      { timeout: 120_000 },
      async (code, says, next) => {
        const all = await requests();
        for (let at = 1; at <= all; at++) {
          proxy.reset();
          events = [];
          name = `physics-${number++}`;
          proxy.decide = (count) => (count >= at ? { status: 403, code } : 'pass');
          const [found] = await run({ secrets }).then(() => [{ code: 'none', message: '', hint: '' }], findings);
          if (found!.code !== 'none') {
            expect(found, `request ${at}`).toMatchObject({ code: 'PL8501', message: expect.stringMatching(says) });
            expect(found!.hint).toMatch(next);
          }
          proxy.reset();
          expect(['created', 'unchanged'], `after request ${at}`).toContain((await run({ secrets })).result);
          expect(await statusNow()).toBe('CREATE_COMPLETE');
        }
      },
    );

    test('a connection that is lost while a stack is made is waited for, and said', async () => {
      let lost = 0;
      proxy.decide = (_, { action }) => (action === 'DescribeStackEvents' && lost++ < 8 && lost > 1 ? 'cut' : 'pass');
      expect(await run({ secrets })).toMatchObject({ result: 'created' });
      expect(events.find(({ event }) => event === 'waiting')).toMatchObject({
        why: expect.stringMatching(/cannot be reached/),
      });
    });
  });
});

function findings(thrown: unknown): readonly { code: string; message: string; hint?: string }[] {
  return (thrown as { diagnostics: { code: string; message: string; hint?: string }[] }).diagnostics;
}
