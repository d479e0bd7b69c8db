import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAction } from './action-file.ts';

const { text, action } = readAction();

test('no value is written into a script: every expression is a value of env, outputs or a default', () => {
  for (const { run, env } of action.runs.steps) {
    expect(run).not.toContain('${{');
    for (const value of Object.values(env ?? {})) expect(value).toMatch(/^\$\{\{ inputs\.[a-z-]+ \}\}$/);
  }
});

test('it uses no other action, and its scripts are those of this repository', () => {
  expect(text).not.toMatch(/^\s*-?\s*uses:/m);
  const scripts = action.runs.steps.map(
    ({ run }) => /^(?:bash|node) "\$GITHUB_ACTION_PATH\/(action\/[\w.-]+)"$/.exec(run)?.[1],
  );
  for (const script of scripts) expect(readFileSync(script!, 'utf8')).not.toBe('');
});

test('every input is used, and each has a default', () => {
  const used = action.runs.steps.flatMap(({ env }) => Object.values(env ?? {}));
  for (const [name, input] of Object.entries(action.inputs)) {
    expect(used).toContain(`\${{ inputs.${name} }}`);
    expect(typeof input.default).toBe('string');
  }
});
