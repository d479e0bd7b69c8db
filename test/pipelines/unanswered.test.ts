import { beforeAll, describe, expect, test } from 'vitest';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { StackNow, Stacks } from '../../src/deploy/stacks.ts';
import { stacksToDeploy } from '../../src/pipelines/deploy-order.ts';
import type { SourceTemplate } from '../../src/pipelines/deploy-source.ts';
import { unanswered } from '../../src/pipelines/unanswered.ts';
import { ANYWHERE } from '../../src/stacks/release-location.ts';

type Values = Readonly<Record<string, string>>;

let templates: readonly SourceTemplate[];
beforeAll(async () => {
  templates = await compileRelease(DEFAULTS, { sha256: 'a'.repeat(64) }, ANYWHERE);
});

/** Codes and messages of what is asked for, and how often CloudFormation was asked, where these stacks are there. */
async function asked(given: Values, there: Readonly<Record<string, Values>> = {}, smallStacks = true) {
  let requests = 0;
  const describe = async (name: string) => {
    requests++;
    const parameters = there[name];
    return parameters && ({ name, status: 'CREATE_COMPLETE', parameters, outputs: {} } as unknown as StackNow);
  };
  const chosen = stacksToDeploy(templates, { smallStacks });
  const sourcesOf = () => ({ given, secrets: {}, remembered: {} });
  const stacks = { describe } as unknown as Stacks;
  const found = await unanswered(stacks, { project: 'p', chosen, mayLeaveOut: true, sourcesOf });
  return { found: found.map(({ code, message }) => `${code} ${message}`), requests };
}

const MISSING = /^PL8504 p-people needs AdminUser, AdminPublicKey, and nobody is at a terminal/;
const PERSON = { AdminUser: 'ada', AdminPublicKey: 'ssh-ed25519 AAAA' };

describe('what nobody is there to type', () => {
  test('is told of a stack that comes third, before the first is made; what the others give is not asked for', async () => {
    expect((await asked({})).found).toEqual([expect.stringMatching(MISSING)]);
    expect((await asked({}, {}, false)).found).toEqual([expect.stringMatching(/^PL8504 p-launchpad needs AdminUser/)]);
  });

  test('is nothing where all is given, and CloudFormation is not asked', async () => {
    expect(await asked(PERSON)).toEqual({ found: [], requests: 0 });
  });

  test('is nothing where the stack has it already, or where it is left out', async () => {
    const people = { 'p-people': PERSON };
    expect((await asked({}, people)).found).toEqual([]);
    const existing = { ExistingAddress1: '10.0.0.10', ExistingAddress2: '10.0.2.10' };
    expect((await asked(existing)).found).toEqual([]);
    expect((await asked({}, { 'p-directory': existing })).found).toEqual([]);
  });
});
