import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../src/functions/index.ts';
import { shownBy, testsIn } from './named-tests.ts';
import { tableRows } from './table.ts';

/** Rows of the table: the letter and number of a requirement, and the files and tests of its last cell. */
const rows = tableRows('docs/security.md').map((cells) => [cells[0]!, shownBy(cells.at(-1)!)] as const);

describe('each requirement', () => {
  const named = (letter: string, count: number) => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);

  test('is there once: A1 to A9, P1 to P15, B1 to B12, L1 to L14', () => {
    const found = rows.map(([name]) => name).filter((name) => /^[A-Z]\d/.test(name));
    expect(found).toEqual([...named('A', 9), ...named('P', 15), ...named('B', 12), ...named('L', 14)]);
  });

  test.each(rows)('%s is shown by tests that exist', (_, shown) => {
    expect(shown.flatMap(({ tests }) => tests).length).toBeGreaterThan(0);
    for (const { file, tests } of shown) expect(testsIn(file), file).toEqual(expect.arrayContaining([...tests]));
  });

  test('and a name that is no test is found out', () => {
    const file = 'test/docs/security-page.test.ts';
    expect(testsIn(file)).toContain('is there once: A1 to A9, P1 to P15, B1 to B12, L1 to L14');
    expect(testsIn(file)).not.toContain('is shown by nothing');
  });
});

describe('the list of what equals root', () => {
  const listed = tableRows('docs/nodes/trust.md').map(([permission]) => permission!);
  /** What no one gains by other code of theirs: roles that read, and say what they found. */
  const HARMLESS = ['preflight'];

  test('names each function whose code makes who changes it root', () => {
    const changed = listed.filter((permission) => permission.includes('`lambda:UpdateFunctionCode`')).join(' ');
    const names = FUNCTIONS.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(changed));
    expect(names).toEqual(HARMLESS);
  });

  test.each([
    ['lambda:InvokeFunction', 'people'],
    ['kms:PutKeyPolicy', "the authority's key"],
    ['scheduler:UpdateSchedule', "people's schedule"],
    ['ds:ResetUserPassword', 'secretsmanager:GetSecretValue'],
    ['secretsmanager:PutResourcePolicy', 'podlaunch/STACK/people/'],
    ['iam:PassRole', "nodes' role"],
    ['elasticloadbalancing:RegisterTargets', 'load balancer'],
    ['s3:PutObject', 'node bucket'],
    ['cloudformation:UpdateStack', 'stacks'],
  ])('names %s', (permission, what) => {
    expect(listed.filter((one) => one.includes(`\`${permission}\``) && one.includes(what))).toHaveLength(1);
  });

  test('and the policy to copy for people has nothing that is not on it, but for reading stacks', () => {
    const [policy] = /\{\n {2}"Version"[\s\S]*?\n\}/.exec(readFileSync('docs/people.md', 'utf8'))!;
    const actions = JSON.parse(policy).Statement.map(({ Action }: { Action: string }) => Action);
    expect(actions).toEqual(['cloudformation:DescribeStackResource', 'lambda:InvokeFunction']);
  });
});
