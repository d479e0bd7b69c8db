// Measures whole processes: CPU (user + system) and wall in milliseconds, peak memory in kilobytes.
import { spawnSync } from 'node:child_process';

/** @typedef {{cpu: number, wall: number, peak: number}} Figures */
/** @typedef {{mayFail?: boolean, patience?: number}} Options whether it may end with findings; after how many seconds of CPU it is given up */

/** The system's own account of a process and all it waited for: exit code, CPU, wall, peak. */
const MEASURE = `
import os, resource, subprocess, sys, time
patience = int(sys.argv[1])
limit = (lambda: resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))) if patience else None
# What runs Python may have waited for processes of its own.
before = resource.getrusage(resource.RUSAGE_CHILDREN)
start = time.monotonic()
code = subprocess.call(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
print(code, cpu * 1000, wall * 1000, used.ru_maxrss)
`;

/**
 * Runs a command once.
 * @param {readonly string[]} command @param {string} cwd @param {Options} options
 * @returns {Figures | undefined} undefined where it was given up
 * @throws Error when it fails
 */
export function once(command, cwd, { mayFail = false, patience = 0 } = {}) {
  const args = ['-I', '-S', '-c', MEASURE, String(patience), ...command];
  const { status, stdout, stderr } = spawnSync('python3', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
  const [code = 1, cpu = Number.NaN, wall = Number.NaN, peak = Number.NaN] = stdout.trim().split(' ').map(Number);
  if (code < 0 && patience > 0) return undefined;
  if (code !== 0 && !mayFail) throw new Error(`${command.join(' ')} ended with ${code}`);
  return { cpu, wall, peak };
}

/**
 * Runs commands in turn, A B C A B C …, and gives the median figures of each.
 * @param {readonly {command: readonly string[], cwd: string, mayFail?: boolean}[]} commands @param {number} rounds
 * @returns {Figures[]}
 */
export function interleaved(commands, rounds) {
  const run = (/** @type {typeof commands[number]} */ { command, cwd, mayFail = false }) => {
    const figures = once(command, cwd, { mayFail });
    if (!figures) throw new Error(`${command.join(' ')} was given up`);
    return figures;
  };
  /** @type {Figures[][]} */
  const runs = commands.map((each) => {
    run(each); // warms the caches
    return [];
  });
  for (let round = 0; round < rounds; round++) {
    for (const [index, each] of commands.entries()) runs[index]?.push(run(each));
  }
  return runs.map((figures) => ({
    cpu: median(figures.map(({ cpu }) => cpu)),
    wall: median(figures.map(({ wall }) => wall)),
    peak: median(figures.map(({ peak }) => peak)),
  }));
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
