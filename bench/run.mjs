// Measures podlaunch and its peers and writes RESULTS.md. Usage: node run.mjs [ROUNDS]; needs `npm ci` here and above,
// python3, and PyPI the first time. Takes a quarter of an hour, and half of that with 11 rounds.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { growth, validators } from './growth.mjs';
import { interleaved, once } from './measure.mjs';
import { pageFigures } from './page.mjs';
import { watchTable } from './watch.mjs';

// By URL, so that the type checker does not read the bundle.
const { compile, DEFAULTS, readAssets } = await import(new URL('../lib/index.js', import.meta.url).href);
const here = fileURLToPath(new URL('.', import.meta.url));
const rounds = Number(process.argv[2] ?? 21);
const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-bench-'));
const resources = join(here, 'peers', 'resources');
mkdirSync(resources, { recursive: true });
for (const { stack, value } of compile(DEFAULTS, readAssets())) {
  writeFileSync(join(resources, `${stack}.json`), JSON.stringify(/** @type {any} */ (value).Resources));
}

const cli = join(here, '..', 'lib', 'cli.cjs');
const dist = join(here, '..', 'dist');
const files = ['prerequisites.yaml', 'directory.yaml', 'cluster.yaml', 'access.yaml'];
const peers = validators(cli);
/** V8 takes nothing that was compiled ahead where it has other flags, or is another V8. This one does nothing else. */
const OTHER = '--stack-size=983';
const own = join(scratch, 'own');
mkdirSync(own);
writeFileSync(join(own, 'podlaunch.yaml'), 'retain: false\n');
const target = ['--to', 's3://bench-releases/podlaunch', '--region', 'us-west-2'];
/** Two releases in a folder, the second of another configuration. */
const releases = join(scratch, 'releases');
mkdirSync(releases);
for (const [version, retain] of [
  ['1.0.0', 'true'],
  ['2.0.0', 'false'],
]) {
  writeFileSync(join(releases, 'podlaunch.yaml'), `publish:\n  to: ./place\nretain: ${retain}\n`);
  once(['node', cli, 'publish', '--version', /** @type {string} */ (version)], releases);
}
/** What is measured: name, goal as a multiple of `node -e 0` in CPU, command, folder. @type {[string, number | undefined, string[], string?][]} */
const rows = [
  ['`node -e 0`', undefined, ['node', '-e', '0']],
  ['podlaunch --version', 1.2, ['node', cli, '--version']],
  ['podlaunch compile, four stacks', 2, ['node', cli, 'compile', '--out', join(scratch, 'dist')]],
  ['podlaunch links, all stacks of a release', 2, ['node', cli, 'links', '--offline', ...target]],
  ['the same of a configuration of its own', undefined, ['node', cli, 'links', '--offline', ...target], own],
  ['podlaunch diff of two releases, seven templates each', 3, ['node', cli, 'diff', '1.0.0', '2.0.0'], releases],
  ['podlaunch validate, four stacks', 3, ['node', cli, 'validate']],
  ['podlaunch validate, the same read from files', 3, ['node', cli, 'validate', ...files], dist],
  [
    'the same with a Node that podlaunch was not built with',
    undefined,
    ['node', OTHER, cli, 'validate', ...files],
    dist,
  ],
  ['cfn-lint, the same files', undefined, [...(peers['cfn-lint'] ?? []), ...files], dist],
  ["AWS's validator, the same files", undefined, [...(peers["AWS's validator"] ?? []), ...files], dist],
  ['CDK app of the same resources, without its CLI', undefined, ['node', join(here, 'peers', 'cdk-app.mjs')]],
  [
    'cdk synth of that app',
    undefined,
    [
      join(here, 'node_modules', '.bin', 'cdk'),
      'synth',
      '--quiet',
      '--app',
      `node ${join(here, 'peers', 'cdk-app.mjs')}`,
      '--output',
      join(scratch, 'cdk.out'),
    ],
  ],
  [
    'cloudfriend build-template of the same resources',
    undefined,
    [join(here, 'node_modules', '.bin', 'build-template'), join(here, 'peers', 'cloudfriend-template.js')],
  ],
];
const figures = interleaved(
  rows.map(([, , command, cwd = scratch]) => ({ command, cwd, mayFail: cwd === dist })),
  rounds,
);
const growthText = growth(scratch, cli, Math.max(3, Math.round(rounds / 4)));
const pageText = await pageFigures(rounds);
const watchText = await watchTable(rounds);
rmSync(scratch, { recursive: true, force: true });

const base = figures[0]?.cpu ?? Number.NaN;
const table = rows.map(([name, goal], index) => {
  const { cpu, wall, peak } = figures[index] ?? { cpu: Number.NaN, wall: Number.NaN, peak: Number.NaN };
  const ratio = (cpu / base).toFixed(2);
  return `| ${name} | ${cpu.toFixed(0)} | ${wall.toFixed(0)} | ${(peak / 1000).toFixed(0)} | ${ratio} | ${goal === undefined ? '' : `≤ ${goal.toFixed(1)}`} |`;
});
const text = `# Figures

Whole processes, medians of ${rounds} interleaved runs on a machine with ${cpus().length} cores, Node ${process.versions.node}.
Renew them with \`npm run build && cd bench && npm ci && node run.mjs\`.

| command | CPU (user + system), ms | wall, ms | peak, MB | CPU as a multiple of \`node -e 0\` | goal |
| --- | ---: | ---: | ---: | ---: | ---: |
${table.join('\n')}

What V8 compiles of podlaunch is kept by its build, for the Node that it is built with: [record](../docs/decisions/0030-the-bundle-is-commonjs.md).

${growthText}
## Watching

${watchText}
${pageText}
A second publish of an unchanged release makes 5 signed requests and one anonymous read; test/publish/s3.emulator.ts counts them.
`;
writeFileSync(join(here, 'RESULTS.md'), text);
console.log(text);
