import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN, ROOT } from '../people/fake/directory.ts';
import { EMERGENCY, type Rotating, SCHEDULED, startRotating } from './rotating.ts';

const DAY = 24 * 60;
let it: Rotating;
let passwords: Set<string>;
beforeEach(async () => {
  it = await startRotating();
  passwords = new Set(it.fake.directory.passwords.values());
  const { directory } = it.fake;
  const reset = directory.resetPassword.bind(directory);
  directory.resetPassword = (name, password) => {
    passwords.add(password);
    reset(name, password);
  };
});
afterEach(async () => {
  await it.stop();
  const said = it.seen.join('\n');
  expect([...passwords].filter((password) => said.includes(password))).toEqual([]);
});

const idle = (name: string) => it.fake.directory.passwords.get(name.toLowerCase());

describe('by its schedule', () => {
  test('does nothing for 14 days, prepares the idle account, and switches to it an hour later', async () => {
    expect(await it.after(13 * DAY)).toContain('Nothing to do: the next rotation is due');
    expect(await it.after(DAY)).toContain('ReadOnly2 has a new password');
    expect([it.account(), it.account('AWSPENDING')]).toEqual([
      ['ReadOnly', true],
      ['ReadOnly2', true],
    ]);
    expect(await it.after(15)).toContain('Nothing to do: ReadOnly2 is the next account');
    expect(it.account()).toEqual(['ReadOnly', true]);
    expect(await it.after(45)).toContain('It was tried at DC1 and DC2');
    expect(it.account()).toEqual(['ReadOnly2', true]);
    expect(it.account('AWSPREVIOUS'), 'nodes that have not looked yet').toEqual(['ReadOnly', true]);
    expect(await it.after(15)).toContain('Nothing to do');
  });

  test('goes back to the first account with another password', async () => {
    const first = it.aws.bindSecret.at('AWSCURRENT')!;
    for (const minutes of [14 * DAY, 60, 14 * DAY, 60]) await it.after(minutes);
    expect(it.account()).toEqual(['ReadOnly', true]);
    expect(it.opens(first)).toBe(false);
  });

  test('makes passwords that nothing on their way changes, and no two alike', async () => {
    for (let round = 0; round < 5; round++) for (const minutes of [14 * DAY, 60]) await it.after(minutes);
    const made = [...passwords].filter((password) => !password.includes('canary') && password.startsWith('Aa1!'));
    expect(made.filter((password) => !/^Aa1![A-Za-z0-9_-]{32}$/.test(password))).toEqual([]);
    expect(made.length).toBeGreaterThanOrEqual(5);
  });

  test('says how old the password is, in the form that CloudWatch makes a metric of', async () => {
    const log = await it.after(6 * DAY);
    const line = log.split('\n').find((one) => one.startsWith('{"_aws"'));
    expect(JSON.parse(line!)).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          { Namespace: 'podlaunch', Dimensions: [['FunctionName']], Metrics: [{ Name: 'BindPasswordAge' }] },
        ],
      },
      FunctionName: 'rotation',
      BindPasswordAge: expect.closeTo(6, 2),
    });
  });

  test('does nothing where the stack is going, or the secret is gone', async () => {
    it.stack.status = 'DELETE_IN_PROGRESS';
    expect(await it.after(20 * DAY)).toContain('the stack is going');
    it.stack.status = 'CREATE_COMPLETE';
    it.aws.bindSecret.describe = () => {
      throw new Error('ResourceNotFoundException');
    };
    expect(await it.after(15)).toContain('what it works on is gone');
    expect(it.account()).toEqual(['ReadOnly', true]);
  });
});

describe('a new password that does not open the directory stays pending, and an alarm tells', () => {
  const troubles: Readonly<Record<string, readonly [() => void, RegExp]>> = {
    'a controller that is not healthy': [() => (it.fake.next = () => 1), /leads to 1 of 2 domain controllers/],
    'a controller that does not have it yet, but lets it in': [
      () => it.fake.behind.add(2),
      /Not all domain controllers have the new password of ReadOnly2 yet/,
    ],
    'a controller that refuses it': [
      () =>
        (it.fake.fault = ({ operation, controller }) =>
          operation === 'bind' && controller === 2 ? 'broken' : undefined),
      /The directory refuses ReadOnly2/,
    ],
    'another password of the account': [
      () => it.fake.directory.resetPassword('ReadOnly2', 'An0ther-canary-Passw0rd'),
      /The directory refuses ReadOnly2: the password is wrong/,
    ],
    'an account that is disabled': [
      () => it.fake.directory.named('ReadOnly2')!.values.set('useraccountcontrol', ['66050']),
      /The directory refuses ReadOnly2: it is disabled/,
    ],
    'a people function that breaks off': [
      () => (it.aws.invoke = async () => ({ body: '{"error":"It took longer."}' })),
      /It took longer/,
    ],
    'a people function that knows nothing of it': [
      () => (it.aws.invoke = async () => ({ body: '{"done":[]}' })),
      /tried at no domain controller/,
    ],
  };
  test.each(Object.entries(troubles))('%s', async (_, [makeTrouble, words]) => {
    await it.after(14 * DAY);
    makeTrouble();
    await expect(it.after(60)).rejects.toThrow(words);
    expect(it.account()).toEqual(['ReadOnly', true]);
    expect(it.aws.bindSecret.at('AWSPENDING')).toBeDefined();
  });

  test('is switched to when the trouble is over', async () => {
    await it.after(14 * DAY);
    it.fake.behind.add(2);
    await expect(it.after(60)).rejects.toThrow();
    it.fake.behind.clear();
    await it.after(15);
    expect(it.account()).toEqual(['ReadOnly2', true]);
  });

  test('is replaced after six hours', async () => {
    await it.after(14 * DAY);
    it.fake.directory.resetPassword('ReadOnly2', 'An0ther-canary-Passw0rd');
    await expect(it.after(5 * 60)).rejects.toThrow('the password is wrong');
    expect(await it.after(60)).toContain('ReadOnly2 has a new password');
    await it.after(60);
    expect(it.account()).toEqual(['ReadOnly2', true]);
  });
});

describe('in an emergency', () => {
  test('one call switches at once; once nodes have refreshed, the other account has a new password, too', async () => {
    const leaked = it.aws.bindSecret.at('AWSCURRENT')!;
    await it.after(5, EMERGENCY);
    expect(it.account()).toEqual(['ReadOnly2', true]);
    expect(it.opens(leaked), 'nodes that have not refreshed').toBe(true);
    expect(await it.after(14)).toContain('ReadOnly gets a new password, too, from');
    expect(it.opens(leaked)).toBe(true);
    expect(await it.after(1)).toContain('The emergency is over');
    expect([it.account(), it.opens(leaked)]).toEqual([['ReadOnly2', true], false]);
    const before = idle('ReadOnly');
    expect(await it.after(15)).toContain('the next rotation is due');
    expect(idle('ReadOnly')).toBe(before);
  });

  test('another call goes on with the one that has begun', async () => {
    await it.run(EMERGENCY);
    await it.after(1, EMERGENCY);
    expect(it.account()).toEqual(['ReadOnly2', true]);
    expect(await it.after(15, EMERGENCY)).toContain('The emergency is over');
    await it.after(1, EMERGENCY);
    expect(it.account()).toEqual(['ReadOnly', true]);
  });

  test('a password that is pending may have leaked as well: another one is made', async () => {
    await it.after(14 * DAY);
    const pending = it.aws.bindSecret.at('AWSPENDING')!;
    await it.after(5, EMERGENCY);
    expect([it.account(), it.opens(pending)]).toEqual([['ReadOnly2', true], false]);
  });

  test('a failure leaves the current password, and the schedule goes on as soon as it can', async () => {
    it.fake.behind.add(2);
    await expect(it.run(EMERGENCY)).rejects.toThrow('Not all domain controllers');
    expect(it.account()).toEqual(['ReadOnly', true]);
    it.fake.behind.clear();
    await it.after(15);
    expect(it.account()).toEqual(['ReadOnly2', true]);
    expect(await it.after(15)).toContain('The emergency is over');
  });

  test('anything else that is said does nothing', async () => {
    await expect(it.run({ rotate: 'ReadOnly' } as never)).rejects.toThrow('Say {"rotate": "now"}');
    expect(it.account()).toEqual(['ReadOnly', true]);
  });
});

describe('what the secret names is never taken for an account to change', () => {
  const foreign = { bindDn: ADMIN, password: 'Adm1n-canary-Passw0rd' };
  const put = (stage: string, value: object) =>
    it.aws.bindSecret.put({
      SecretString: JSON.stringify(value),
      VersionStages: [stage],
      ClientRequestToken: crypto.randomUUID(),
    });

  test.each([
    ['Admin', foreign],
    ['an account of the same name elsewhere', { ...foreign, bindDn: `CN=ReadOnly,OU=Other,${ROOT}` }],
    ['nothing', {}],
  ])('the current version names %s', async (_, value) => {
    put('AWSCURRENT', value);
    const before = [...it.fake.directory.passwords];
    await expect(it.after(20 * DAY)).rejects.toThrow('names neither ReadOnly nor ReadOnly2');
    await expect(it.after(1, EMERGENCY)).rejects.toThrow('names neither');
    expect([...it.fake.directory.passwords]).toEqual(before);
  });

  test.each([
    ['Admin', foreign],
    ['the account in use', { bindDn: `CN=ReadOnly,OU=Users,${ROOT}`, password: 'An0ther-canary-Passw0rd' }],
  ])('the pending version names %s', async (_, value) => {
    put('AWSPENDING', value);
    expect(await it.after(60)).toContain('the next rotation is due');
    expect(it.account()).toEqual(['ReadOnly', true]);
    await it.after(14 * DAY);
    await it.after(60);
    expect(it.account()).toEqual(['ReadOnly2', true]);
    expect(idle('Admin')).toBe('Adm1n-canary-Passw0rd');
  });
});

describe('killed at any moment, the current password opens the directory, and later runs end right', () => {
  const CHANGES = ['ResetUserPassword', 'PutSecretValue', 'UpdateSecretVersionStage'];

  test.each([
    ['by its schedule', SCHEDULED],
    ['in an emergency', EMERGENCY],
  ])('%s', async (_, call) => {
    for (const kind of CHANGES) {
      for (const when of ['before', 'after'] as const) {
        const [used] = it.account();
        const kills = new Set([kind]);
        it.aws.refuse = (operation) => {
          const killed = [...kills].find((one) => operation.endsWith(`.${one}`));
          return killed !== undefined && kills.delete(killed) ? when : undefined;
        };
        await it.after(14 * DAY, call).catch(() => {});
        expect(it.account()).toEqual([expect.any(String), true]);
        for (const minutes of [1, 60, 60, 60]) {
          await it.after(minutes).catch(() => {});
          expect(it.account()).toEqual([expect.any(String), true]);
        }
        expect(kills, `${kind} was asked for`).toEqual(new Set());
        expect(it.account()[0], `${kind}, ${when}`).not.toBe(used);
        expect(await it.after(15)).toContain('the next rotation is due');
      }
    }
  });

  test('at 300 random moments of runs by schedule and in emergencies', async () => {
    let state = 20_261_127;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    it.aws.refuse = (operation) => {
      const isChange = CHANGES.some((one) => operation.endsWith(`.${one}`));
      return isChange && random() < 0.2 ? (random() < 0.5 ? 'before' : 'after') : undefined;
    };
    for (let run = 0; run < 300; run++) {
      const minutes = [1, 15, 60, 7 * DAY][Math.floor(random() * 4)]!;
      await it.after(minutes, random() < 0.1 ? EMERGENCY : SCHEDULED).catch(() => {});
      expect(it.account(), `run ${run}`).toEqual([expect.any(String), true]);
    }
    it.aws.refuse = () => undefined;
    for (const minutes of [360, 60, 60, 60]) await it.after(minutes);
    expect(await it.after(15)).toContain('the next rotation is due');
  });
});
