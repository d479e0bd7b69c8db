import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';

/** What is heavy, and must be loaded only by what uses it. */
const HEAVY = ['@aws-sdk', 'yaml', 'ajv'];

let inputs: Metafile['inputs'];
beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: ['src/cli/cli.ts'],
    outdir: 'lib',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
    external: HEAVY,
    logLevel: 'silent',
  });
  inputs = metafile.inputs;
});

/** Everything that a file loads as soon as it is loaded itself. */
function loadedWith(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of inputs[file]?.imports ?? []) if (kind !== 'dynamic-import') loadedWith(path, seen);
  return seen;
}

const heavyIn = (file: string) => HEAVY.filter((name) => [...loadedWith(file)].some((path) => path.startsWith(name)));

test('the command line itself loads no command, and nothing heavy', () => {
  expect(heavyIn('src/cli/cli.ts')).toEqual([]);
  expect(
    [...loadedWith('src/cli/cli.ts')].filter(
      (file) => file.startsWith('src/') && !/^src\/(cli|diagnostics)\/|version/.test(file),
    ),
  ).toEqual([]);
});

test.each(COMMANDS.map(({ name }) => name))('%s loads nothing heavy to begin with', (name) => {
  expect(inputs[`src/cli/${name}.ts`]).toBeDefined();
  expect(heavyIn(`src/cli/${name}.ts`)).toEqual([]);
});

test.each(['src/cli/compile.ts', 'src/cli/validate.ts', 'src/pipelines/check-config.ts'])(
  '%s loads nothing of the stacks that are in releases only',
  (file) => {
    const large = [
      'src/stacks/launchpad.ts',
      'src/functions/generated/people.ts',
      'src/functions/generated/preflight.ts',
    ];
    for (const one of large) expect(inputs[one]).toBeDefined();
    expect(large.filter((one) => loadedWith(file).has(one))).toEqual([]);
  },
);

test('links loads what looks at a release only to look', () => {
  expect([...loadedWith('src/cli/links.ts')]).not.toContain('src/pipelines/find-release.ts');
});
