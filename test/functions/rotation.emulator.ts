import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileStacks } from '../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { ROTATE_BIND_SECRET_CODE } from '../../src/functions/generated/rotate-bind-secret.ts';
import { EVERY_FUNCTION } from '../../src/functions/lib/declaration.ts';
import { rotateBindSecret } from '../../src/functions/rotate-bind-secret/function.ts';
import { launchpadStack } from '../../src/stacks/launchpad.ts';
import { settingsOf } from '../../src/stacks/settings.ts';
import { actionsOf, type Used } from '../support/aws-actions.ts';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../support/described-stack.ts';
import { startFunction } from '../support/lambda.ts';
import { lambdaNode } from '../support/lambda-node.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';
import {
  BIND_SECRET_ARN,
  DIRECTORY_ID,
  environmentOf,
  type FakeAws,
  FUNCTION,
  peopleCodeFor,
  startFakeAws,
} from './people/fake/aws.ts';
import { BIND_SECRET, FakeHouse } from './people/fake/house.ts';
import { type FakeServer, startFakeServer, takeTurns } from './people/fake/server.ts';
import { EMERGENCY, ENVIRONMENT, SCHEDULED } from './rotation/rotating.ts';

// The text of both functions on Lambda's Node.js, with the real SDK: an emergency, and what ends it.
let fake: FakeServer;
let aws: FakeAws;
let stack: DescribedStack;
let used: readonly Used[];
const seen: string[] = [];
beforeAll(async () => {
  fake = await startFakeServer();
  await new FakeHouse(fake).apply({ document: {} });
  takeTurns(fake);
  [aws, stack] = await Promise.all([startFakeAws(fake), startDescribedStack()]);
  stack.status = 'CREATE_COMPLETE';
  const node = await lambdaNode(rotateBindSecret.runtime);
  const services = { ...awsEnvironment({ endpointUrl: aws.url }), AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url };
  const env = { ...services, ...environmentOf(fake), ...ENVIRONMENT };
  const people = peopleCodeFor(fake);
  aws.invoke = async (payload) => {
    const { log, results } = await startFunction(people, [JSON.parse(payload)], { env, node }).ended;
    seen.push(payload, log, JSON.stringify(results));
    return { body: JSON.stringify(results[0]) };
  };
  const run = async (event: object) => {
    const end = await startFunction(ROTATE_BIND_SECRET_CODE.text, [event], { env, node }).ended;
    seen.push(end.log, JSON.stringify(end.results));
    if (end.code !== 0) throw new Error(end.log);
    return actionsOf(end.calls);
  };
  const emergency = await run(EMERGENCY);
  aws.bindSecret.changed -= 3_600_000;
  used = [...emergency, ...(await run(SCHEDULED))];
});
afterAll(() => Promise.all([fake?.stop(), aws?.stop(), stack?.stop()]));

describe('the rotation, from the text in the template', () => {
  test('switches to the other account, whose password opens the directory, and ends what leaked', () => {
    const { bindDn, password } = aws.bindSecret.at('AWSCURRENT')!;
    expect(bindDn).toMatch(/^CN=ReadOnly2,OU=Users,/);
    expect(() => fake.directory.bind(bindDn, password)).not.toThrow();
    expect(() => fake.directory.bind(BIND_SECRET.bindDn, BIND_SECRET.password)).toThrow();
    expect(seen.join('\n')).toContain('It was tried at DC1 and DC2');
  });

  test('says no password that anybody has or had', () => {
    const passwords = [
      ...fake.directory.passwords.values(),
      BIND_SECRET.password,
      aws.bindSecret.at('AWSCURRENT')!.password,
    ];
    expect(passwords.filter((one) => seen.join('\n').includes(one))).toEqual([]);
  });

  test('asks AWS for what it declares: nothing more, and nothing for nothing', () => {
    const { permissions } = rotateBindSecret;
    const declared = Object.values({ ...permissions, ...EVERY_FUNCTION }).flatMap(({ actions }) => actions);
    const asked = used.map(({ action }) => action);
    expect([...new Set(asked)].toSorted()).toEqual([...new Set<string>(declared)].toSorted());
  });

  test('is allowed to do that, on this secret, directory and function alone, and never on the secret of Admin', () => {
    const settings = settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, undefined);
    const template = compileStacks([launchpadStack], settings)[0]!.value as any;
    const given = {
      ...{ 'AWS::Partition': 'aws', 'AWS::Region': 'us-west-2', 'AWS::AccountId': '123456789012' },
      ...{ 'AWS::StackId': STACK_ID, BindSecret: BIND_SECRET_ARN, Directory: DIRECTORY_ID },
      ...{ 'PeopleFunction.Arn': FUNCTION, 'RotateBindSecretLogs.Arn': 'arn:aws:logs:us-west-2:123456789012:log' },
    };
    const { Policies } = resolved(template, template.Resources.RotateBindSecretRole.Properties, given);
    const policies = Policies.map(({ PolicyDocument }: any) => PolicyDocument);
    const may = (call: Used) => isAllowed(policies, { principal: 'arn:aws:iam::123456789012:role/rotation', ...call });
    expect(used.filter((call) => !may(call))).toEqual([]);
    const admin = BIND_SECRET_ARN.replace('bind', 'admin');
    const other = `arn:aws:ds:us-west-2:123456789012:directory/d-0000000000`;
    expect(may({ action: 'secretsmanager:GetSecretValue', resource: admin })).toBe(false);
    expect(may({ action: 'ds:ResetUserPassword', resource: other })).toBe(false);
    expect(may({ action: 'lambda:UpdateFunctionCode', resource: FUNCTION })).toBe(false);
  });
});
