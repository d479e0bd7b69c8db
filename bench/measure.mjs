// Measures whole processes: CPU (user + system) and wall, in milliseconds.
import { spawnSync } from 'node:child_process';

/** @typedef {{cpu: number, wall: number}} Figures */

/** Runs a command once. Throws when it fails. @param {readonly string[]} command @param {string} cwd @returns {Figures} */
export function once(command, cwd) {
  // bash's own clock: user, system and real time of the command and all it started, to the millisecond.
  const script = 'TIMEFORMAT="%3U %3S %3R"; exec 3>&2; time "$@" >/dev/null 2>/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`);
  const [user = 0, system = 0, real = 0] = stderr
    .trim()
    .split(' ')
    .map((seconds) => Number(seconds) * 1000);
  return { cpu: user + system, wall: real };
}

/** Runs commands in turn, A B C A B C …, and gives the median figures of each. @param {readonly {command: readonly string[], cwd: string}[]} commands @param {number} rounds @returns {Figures[]} */
export function interleaved(commands, rounds) {
  /** @type {Figures[][]} */
  const runs = commands.map(({ command, cwd }) => {
    once(command, cwd); // warms the caches
    return [];
  });
  for (let round = 0; round < rounds; round++) {
    for (const [index, { command, cwd }] of commands.entries()) runs[index]?.push(once(command, cwd));
  }
  return runs.map((figures) => ({ cpu: median(figures.map((f) => f.cpu)), wall: median(figures.map((f) => f.wall)) }));
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
