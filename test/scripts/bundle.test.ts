import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.mjs';
import { checkScripts } from '../../scripts/check-scripts.mjs';
import { grouped } from '../../scripts/chunk-groups.mjs';
import { compileAhead, KEEP_SCRIPTS } from '../../scripts/compile-ahead.mjs';
import { versionAhead } from '../../scripts/version-ahead.mjs';
import { strip } from '../../scripts/without-examples.mjs';
import { readAssets } from '../../src/assets/read-assets.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { releaseVersion } from '../../src/pipelines/release-version.ts';
import { BESIDE } from '../../src/validate/rules/base/examples.ts';
import { ALL_RULES } from '../../src/validate/rules/index.ts';

// The bundle as it is shipped, in a folder of its own.
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(process.cwd(), 'node_modules', '.podlaunch-bundle-'));
  await bundle(process.cwd(), folder);
  cpSync('src/aws/generated/schemas', join(folder, 'schemas'), { recursive: true });
  await checkScripts(process.cwd(), join(folder, 'checked'));
  await versionAhead(process.cwd(), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Loaded {
  readonly files: number;
  readonly kilobytes: number;
  /** Node's own modules, of those that take milliseconds. */
  readonly heavy: readonly string[];
}

interface Report {
  /** Each script of the program, and whether V8 refused what was compiled of it ahead. */
  readonly scripts: readonly (readonly [file: string, rejected: boolean | null])[];
  readonly required: readonly string[];
  readonly modules: readonly string[];
}

/** What a process of the program has loaded when it ends. */
function reported(args: readonly string[]): Report {
  const recorder = join(folder, 'recorder.cjs');
  const report = join(folder, 'report.json');
  writeFileSync(
    recorder,
    `${KEEP_SCRIPTS}
    process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({
      scripts: scripts.map(([file, { cachedDataRejected }]) => [file, cachedDataRejected]),
      required: Object.keys(require.cache).filter((file) => file !== __filename),
      modules: process.moduleLoadList,
    })));`,
  );
  const command = ['--require', recorder, join(folder, 'cli.cjs'), ...args];
  execFileSync(process.execPath, command, { cwd: folder, stdio: 'ignore' });
  return JSON.parse(readFileSync(report, 'utf8'));
}

const HEAVY = ['child_process', 'crypto', 'http', 'https', 'module', 'net', 'os', 'readline'];

/** What a process loads: the files of the bundle, with the sum of their sizes in kilobytes, and modules of Node. */
function loaded(args: readonly string[]): Loaded {
  const { scripts, required, modules } = reported(args);
  const files = [...scripts.map(([file]) => file), ...required].filter((file) => file.startsWith(folder));
  const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  const heavy = HEAVY.filter((name) => modules.includes(`NativeModule ${name}`));
  return { files: files.length, kilobytes: Math.round(bytes / 1000), heavy };
}

const target = ['--to', 's3://releases/podlaunch', '--region', 'us-west-2'];

// A guard that no clock is needed for: each file costs as much as 14 KB, and each 35 KB a millisecond.
test.each([
  { args: ['--version'], files: 2, kilobytes: 90, heavy: [] },
  { args: ['compile', '--out', 'dist'], files: 9, kilobytes: 380, heavy: ['crypto'] },
  { args: ['links', '--offline', ...target], files: 9, kilobytes: 200, heavy: ['crypto'] },
  { args: ['validate', join(process.cwd(), 'dist', 'cluster.yaml')], files: 8, kilobytes: 600, heavy: [] },
  { args: ['validate'], files: 14, kilobytes: 900, heavy: [] },
])('$args.0 loads few files of lib/, and not much of it', ({ args, files, kilobytes, heavy }) => {
  const is = loaded(args);
  expect(is.files).toBeLessThanOrEqual(files);
  expect(is.kilobytes).toBeLessThanOrEqual(kilobytes);
  expect(heavy).toEqual(expect.arrayContaining([...is.heavy]));
});

describe('what V8 has compiled ahead', () => {
  const ahead = () => join(folder, 'ahead', `${process.version}-${process.platform}-${process.arch}`);
  const version = () => execFileSync(process.execPath, [join(folder, 'cli.cjs'), '--version'], { encoding: 'utf8' });
  beforeAll(() => compileAhead(folder));

  test('is taken for all that a frequent command loads', () => {
    const found = reported(['validate']).scripts.filter(([file]) => file.includes('chunks'));
    expect(found.length).toBeGreaterThan(3);
    expect(found.filter(([, rejected]) => rejected !== false)).toEqual([]);
  });

  test.each([
    ['other flags of V8', () => undefined, ['--no-opt']],
    ['a file of it is cut off', () => truncateSync(join(ahead(), 'program.cjs'), 1000), []],
    ['it is something else', () => writeFileSync(join(ahead(), 'program.cjs'), 'nothing of V8'), []],
    ['it is empty', () => writeFileSync(join(ahead(), 'program.cjs'), ''), []],
    ['there is none', () => rmSync(join(folder, 'ahead'), { recursive: true }), []],
  ])('is left where it does not fit: %s', (_, change, flags) => {
    change();
    const out = execFileSync(process.execPath, [...flags, join(folder, 'cli.cjs'), '--version'], { encoding: 'utf8' });
    expect(out).toBe(version());
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('the version of a release that the build has worked out', () => {
  const known = () => join(folder, 'known-version.json');
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(folder, 'version-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  function versionOfLinks(config: string): string {
    writeFileSync(join(cwd, 'podlaunch.yaml'), config);
    const args = [join(folder, 'cli.cjs'), 'links', '--offline', ...target, '--json'];
    return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' })).version;
  }

  test('is the one that its templates give', async () => {
    expect(JSON.parse(readFileSync(known(), 'utf8')).version).toBe(await releaseVersion(DEFAULTS, readAssets()));
  });

  test('is taken for the defaults and nothing else', () => {
    cpSync('lifecycle-scripts', join(cwd, 'scripts'), { recursive: true });
    const same = ['retain: true', 'page: { title: Physics }', 'lifecycleScripts: scripts'];
    const others = ['retain: false', 'project: { name: physics }', 'nodes: { endSessions: true }'];
    const compiled = [...same, ...others].map(versionOfLinks);
    const worked = readFileSync(known(), 'utf8');
    writeFileSync(known(), JSON.stringify({ ...JSON.parse(worked), version: '9.9.9' }));
    expect(same.map(versionOfLinks)).toEqual(same.map(() => '9.9.9'));
    expect(others.map(versionOfLinks)).toEqual(compiled.slice(same.length));
    const script = join(cwd, 'scripts', 'on_create.sh');
    const written = readFileSync(script);
    writeFileSync(script, written.with(-1, 32));
    expect(versionOfLinks('lifecycleScripts: scripts')).not.toBe('9.9.9');
    writeFileSync(script, written);
    expect(versionOfLinks('lifecycleScripts: scripts')).toBe('9.9.9');
    writeFileSync(join(cwd, 'scripts', 'more.sh'), 'true\n');
    expect(versionOfLinks('lifecycleScripts: scripts')).not.toBe('9.9.9');
    writeFileSync(known(), worked);
  });
});

test('the rules of the bundle, which has no examples of theirs, find what is wrong in their examples', () => {
  const examples = mkdtempSync(join(folder, 'examples-'));
  for (const [name, text] of Object.entries(BESIDE)) writeFileSync(join(examples, name), text);
  for (const { code, bad } of ALL_RULES) writeFileSync(join(examples, `${code}.yaml`), bad[0]);
  const names = ALL_RULES.map(({ code }) => `${code}.yaml`);
  const { stdout } = spawnSync(process.execPath, [join(folder, 'cli.cjs'), 'validate', '--format', 'json', ...names], {
    cwd: examples,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  const found = new Set(diagnostics.flatMap(({ code, span }) => (span?.file === `${code}.yaml` ? [code] : [])));
  expect(ALL_RULES.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([]);
});

test('examples are taken out of the text of a rule, whatever is in them, and lines stay where they are', () => {
  const source = [
    '  {',
    "    bad: [one('] \\' ['), `a ${b(`]`)} ]`, two([']'], { c: '}' })],",
    '    good: [',
    '      "it\\"s ]",',
    '    ],',
    '    check: [1],',
    '  },',
  ].join('\n');
  expect(strip(source)).toBe(['  {', '    bad: [],', '    good: [', '', '],', '    check: [1],', '  },'].join('\n'));
});

test('a template that the bundle compiles knows the TypeScript that wrote it', () => {
  const script = `
    const api = require('./index.cjs');
    const [template] = api.compile(api.DEFAULTS, api.readAssets());
    const ids = Object.keys(template.value.Resources);
    console.log(JSON.stringify(ids.map((id) => template.source(['Resources', id]))));`;
  const frames = JSON.parse(
    execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }),
  ) as readonly { readonly file: string; readonly line: number }[];
  expect(frames.length).toBeGreaterThan(20);
  for (const { file, line } of frames) {
    expect(file).toMatch(/^src\/(?:parts|stacks)\//);
    expect(readFileSync(file, 'utf8').split('\n')[line - 1]).toMatch(/\w\(|new /);
  }
});

test('chunks that are loaded together are one file; what is loaded alone, and a circle, is not', () => {
  const output = (bytes: number, entryPoint: string | undefined, ...imports: readonly string[]) => ({
    bytes,
    inputs: {},
    exports: [],
    imports: imports.map((path) => ({ path, kind: 'import-statement' as const })),
    ...(entryPoint !== undefined && { entryPoint }),
  });
  const groups = grouped(
    new Map([
      ['cli.cjs', output(1000, 'src/cli/cli.ts', 'small.cjs')],
      ['small.cjs', output(1000, undefined)],
      ['compile.cjs', output(1000, 'src/cli/compile.ts', 'large.cjs', 'other.cjs')],
      ['large.cjs', output(900_000, undefined, 'other.cjs')],
      ['other.cjs', output(1000, undefined, 'small.cjs')],
      ['links.cjs', output(1000, 'src/cli/links.ts', 'other.cjs')],
      ['validate.cjs', output(1000, 'src/cli/validate.ts')],
      ['configuration.cjs', output(1000, 'src/cli/configuration.ts')],
      ['check.cjs', output(1000, 'src/pipelines/check-config.ts', 'large.cjs')],
    ]),
    'src/cli/cli.ts',
    [[], ['src/cli/compile.ts'], ['src/cli/links.ts'], ['src/cli/validate.ts']],
  );
  const groupOf = (name: string) => groups.find((group) => group.includes(name));
  expect(groupOf('small.cjs')).toContain('cli.cjs');
  expect(groupOf('large.cjs')).not.toContain('cli.cjs');
  expect(groupOf('large.cjs')).not.toContain('links.cjs');
  expect(groups.flat().toSorted()).toHaveLength(9);
});
