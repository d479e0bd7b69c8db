import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { codeBlocks } from '../docs/code-blocks.ts';
import { readAction } from './action-file.ts';
import { PAGE, workflowOfPage } from './workflow-of-page.ts';

const { action } = readAction();
const page = readFileSync(PAGE, 'utf8');

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

const { permissions, jobs } = parse(workflowOfPage()) as {
  permissions: object;
  jobs: Record<'check' | 'publish', Job>;
};

test('each job may do what it needs and no more', () => {
  expect(permissions).toEqual({});
  expect(jobs.check.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
});

test('every action is pinned by a hash, and inputs of ours exist', () => {
  for (const { uses, with: given } of Object.values(jobs).flatMap(({ steps }) => steps)) {
    expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    if (uses.includes('/podlaunch@'))
      for (const name of Object.keys(given ?? {})) expect(action.inputs).toHaveProperty([name]);
  }
});

test('its table has every input with its default and words, and it names every output', () => {
  const rows = Object.entries(action.inputs).map(
    ([name, input]) => `| \`${name}\` | \`${input.default}\` | ${input.description} |\n`,
  );
  expect(page).toContain(rows.join(''));
  for (const name of Object.keys(action.outputs)) expect(page).toContain(`\`${name}\``);
});

test('the role may do what docs/publisher.md says that publishing needs', () => {
  const [, role] = codeBlocks(PAGE, 'json').map((text) => JSON.parse(text) as { Statement: { Action: string[] }[] });
  const [sentence] = /The credentials need [^.]*\./.exec(readFileSync('docs/publisher.md', 'utf8'))!;
  const needed = [...sentence.matchAll(/s3:\w+/g)].map(([name]) => name);
  expect(role!.Statement.flatMap(({ Action }) => Action).toSorted()).toEqual(needed.toSorted());
});
