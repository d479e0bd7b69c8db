// How validators grow with a template: figures of podlaunch beside cfn-lint and AWS's validator, on the same files.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { interleaved, once } from './measure.mjs';
import { growing, ofParameters } from './templates.mjs';

/** @typedef {import('./measure.mjs').Figures} Figures */

const here = fileURLToPath(new URL('.', import.meta.url));
const CONDITIONS = [1, 10, 100];
const OURS = [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5000];
/** Peers take minutes for more. */
const PEERS = [10, 160];
/** Seconds after which a peer is given up. */
const PATIENCE = 60;
/** A doubling may cost twice as much, and no more than this over it. */
const GOAL = 1.3;
const MEMORY = 200;

/** cfn-lint of the pinned version, which the tests take too. Needs PyPI the first time. */
export function cfnLint() {
  const support = join(here, '..', 'test', 'support');
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'podlaunch');
  const args = [join(support, 'make-venv.py'), 'cfn-lint', join(support, 'requirements', 'cfn-lint.txt'), cache];
  return join(execFileSync('python3', args, { encoding: 'utf8' }).trim(), 'bin', 'cfn-lint');
}

/** The commands that check files, by the names of the validators. @param {string} cli @returns {Readonly<Record<string, readonly string[]>>} */
export function validators(cli) {
  return {
    podlaunch: ['node', cli, 'validate'],
    'cfn-lint': [cfnLint()],
    "AWS's validator": ['node', join(here, 'peers', 'aws-validate.mjs')],
  };
}

/**
 * Measures and gives the tables as Markdown.
 * @param {string} scratch folder for templates @param {string} cli podlaunch's program @param {number} rounds
 * @returns {string}
 */
export function growth(scratch, cli, rounds) {
  const { podlaunch = [], ...peers } = validators(cli);
  const file = (/** @type {number} */ resources, /** @type {number} */ conditions) => {
    const path = join(scratch, `${resources}-${conditions}.json`);
    writeFileSync(path, JSON.stringify(growing(resources, conditions)));
    return path;
  };
  const ours = CONDITIONS.map((conditions) =>
    interleaved(
      OURS.map((resources) => ({ command: [...podlaunch, file(resources, conditions)], cwd: scratch, mayFail: true })),
      rounds,
    ),
  );
  const [base] = interleaved([{ command: ['node', '-e', '0'], cwd: scratch }], rounds);
  const rows = OURS.map((resources, row) => {
    const cells = CONDITIONS.map((_, column) => {
      const { cpu, peak } = ours[column]?.[row] ?? NONE;
      return `${cpu.toFixed(0)} ms, ${(peak / 1000).toFixed(0)} MB`;
    });
    return `| ${resources} | ${cells.join(' | ')} |`;
  });
  const worst = CONDITIONS.map((conditions, column) => {
    const factors = OURS.slice(1).map((resources, row) => {
      const [less, more] = [ours[column]?.[row] ?? NONE, ours[column]?.[row + 1] ?? NONE];
      const start = base?.cpu ?? 0;
      return (more.cpu - start) / (less.cpu - start) / (resources / (OURS[row] ?? 1));
    });
    return `${Math.max(...factors).toFixed(2)} with ${conditions}`;
  });
  const peak = Math.max(...ours.flat().map((figures) => figures.peak)) / 1000;
  const beside = PEERS.flatMap((resources) =>
    [CONDITIONS[0] ?? 1, CONDITIONS.at(-1) ?? 1].map((conditions) => {
      const path = file(resources, conditions);
      return besideRow(
        `${resources} resources, ${conditions} condition${conditions === 1 ? '' : 's'}`,
        path,
        scratch,
        podlaunch,
        peers,
      );
    }),
  );
  const large = join(scratch, 'parameters.json');
  writeFileSync(large, JSON.stringify(ofParameters(126, 129_000)));
  beside.push(besideRow('126 parameters, 129 KB (goal: at most 1 s)', large, scratch, podlaunch, peers));
  return `## Growth of validate

CPU and peak memory of a whole process, medians of ${rounds} runs, for a template of so many resources with 1, 10 and 100 conditions
(JSON; more than 500 resources are a finding). Above the ${base?.cpu.toFixed(0)} ms of \`node -e 0\`, twice the resources cost at most so many
times twice as much: ${worst.join(', ')} (goal: ${GOAL}). The highest peak is ${peak.toFixed(0)} MB (goal: ${MEMORY} MB).

| resources | ${CONDITIONS.map((count) => (count === 1 ? '1 condition' : `${count} conditions`)).join(' | ')} |
| ---: | ${CONDITIONS.map(() => '---:').join(' | ')} |
${rows.join('\n')}

The same files, CPU and peak memory, one run each (a peer that takes longer than ${PATIENCE} s of CPU is given up):

| template | podlaunch | ${Object.keys(peers).join(' | ')} |
| --- | ---: | ${Object.keys(peers)
    .map(() => '---:')
    .join(' | ')} |
${beside.join('\n')}
`;
}

/** @type {Figures} */
const NONE = { cpu: Number.NaN, wall: Number.NaN, peak: Number.NaN };

/** @param {string} name @param {string} path @param {string} cwd @param {readonly string[]} podlaunch @param {Readonly<Record<string, readonly string[]>>} peers */
function besideRow(name, path, cwd, podlaunch, peers) {
  const cells = [podlaunch, ...Object.values(peers)].map((command) => {
    const figures = once([...command, path], cwd, { mayFail: true, patience: PATIENCE });
    return figures === undefined ? 'given up' : `${figures.cpu.toFixed(0)} ms, ${(figures.peak / 1000).toFixed(0)} MB`;
  });
  return `| ${name} | ${cells.join(' | ')} |`;
}
