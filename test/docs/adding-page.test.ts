import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const generators = readdirSync('scripts/generate').filter((name) => name.endsWith('.mjs'));

describe.each(['docs/adding.md', 'CONTRIBUTING.md'])('%s', (page) => {
  const text = readFileSync(page, 'utf8');
  const inCode = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);

  test('names only files and folders that there are', () => {
    const paths = inCode.flatMap((code) => code.split(/\s+/)).filter((word) => /^[\w.-]+\/[\w./-]*$/.test(word));
    expect(paths.length).toBeGreaterThan(5);
    // A clone has no lib/ before it is built.
    expect(paths.filter((path) => path !== 'lib/' && !existsSync(path))).toEqual([]);
  });

  test('names only scripts of package.json, and generators, that there are', () => {
    const asked = inCode.flatMap((code) => [...code.matchAll(/npm run ([\w:-]+)(?: -- (\w[\w-]*))?/g)]);
    expect(asked.filter(([, name]) => !(name! in scripts)).map(([line]) => line)).toEqual([]);
    const named = asked.flatMap(([, name, generator]) =>
      name === 'generate' && generator ? [`${generator}.mjs`] : [],
    );
    expect(named.filter((name) => !generators.includes(name) && name !== 'NAME.mjs')).toEqual([]);
  });
});

test('docs/adding.md: the examples have what the recipe says', () => {
  const text = readFileSync('docs/adding.md', 'utf8');
  const has = (file: string, words: RegExp): void => {
    expect(text).toContain(`\`${file}\``);
    expect(readFileSync(file, 'utf8'), file).toMatch(words);
  };
  has('src/cli/explain.ts', /export function define\(/);
  has('src/cli/commands.ts', /'explain'/);
  has('src/validate/rules/services/load-balancers.ts', /# <-/);
  has('src/validate/rules/base/look.ts', /export function property\(/);
  has('src/validate/rules/checked.ts', /LOAD_BALANCER_RULES/);
  has('src/diagnostics/refusal.ts', /export function refuse\(/);
  has('src/functions/lib/define-resource.ts', /export function defineResource</);
  has('src/functions/lib/define-schedule.ts', /export function defineSchedule</);
  has('src/functions/index.ts', /FUNCTIONS/);
  has('src/parts/scripts/asset-copy.ts', /lambdaFunction\(/);
  has('src/parts/storage/file-system.ts', /form\.choice\(/);
  has('src/aws/form.ts', /flag\(/);
  has('src/parts/cluster/instance-group-choices.ts', /GROUP_CHOICES/);
  has('src/parts/directory/bind-secret.ts', /choices[\s\S]*needs[\s\S]*build[\s\S]*gives/);
  has('src/parts/directory/load-balancer.ts', /rules: \[/);
  has('src/parts/base/names.ts', /interface Names/);
  has('src/parts/base/groups.ts', /GROUPS/);
  has('src/stacks/directory.ts', /parts: \[[\s\S]*outputs: \[/);
  has('src/stacks/prerequisites.ts', /nextLink\(/);
  has('src/stacks/index.ts', /STACKS/);
  has('test/lab/checks/conftest.py', /PARTS/);
});
