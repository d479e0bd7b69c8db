// Runs commands in the project's folder, and ends one that makes no progress.
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { broken, passed } from './count.mjs';

/** The project's folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** How long a command may print nothing. Every stage says something at least at the end of each file or check. */
const PATIENCE = 10 * 60_000;

/** How long a command that was asked to end has to tidy up. */
const GRACE = 60_000;

/** How many commands run now. */
let running = 0;

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/** The stage that runs beside others: what its commands print has its name before each line. @type {AsyncLocalStorage<string>} */
export const beside = new AsyncLocalStorage();

/** @typedef {{code: number, output: string, stalled: boolean}} Ended */

/**
 * Runs a command in the project's folder (or `cwd`) and shows what it prints, unless it is `quiet`. A command that
 * prints nothing for `patience` milliseconds is ended with its children: a loaded machine is slow, but it goes on.
 * Never throws; a command that cannot be started has the code 127.
 * @param {string} file @param {string[]} args
 * @param {{quiet?: boolean, cwd?: string, patience?: number, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<Ended>}
 */
export function run(file, args, { quiet = false, cwd = root, patience = PATIENCE, env = process.env } = {}) {
  return new Promise((resolve) => {
    running += 1;
    // A group of its own, so that a stalled command's children end too.
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    let stalled = false;
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (child.pid) process.kill(-child.pid, signal);
      } catch {} // It has ended.
    };
    // Who interrupts `npm test` interrupts what it runs, and nothing comes after it.
    let interrupted = false;
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      interrupted = true;
      stop(signal);
    };
    for (const signal of SIGNALS) process.once(signal, forward);
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    const watch = () => {
      for (const timer of timers.splice(0)) clearTimeout(timer);
      timers.push(
        setTimeout(() => {
          stalled = true;
          console.error(`${file} has printed nothing for ${patience / 60_000} minutes: it is ended.`);
          stop('SIGTERM');
          timers.push(setTimeout(() => stop('SIGKILL'), GRACE));
        }, patience),
      );
    };
    watch();
    const shown = quiet ? [] : [shownOn(process.stdout), shownOn(process.stderr)];
    child.stdout.on('data', (data) => {
      output += data;
      if (!stalled) watch();
      shown[0]?.show(data);
    });
    child.stderr.on('data', (data) => {
      if (!stalled) watch();
      shown[1]?.show(data);
    });
    const end = (/** @type {number} */ code) => {
      for (const timer of timers) clearTimeout(timer);
      for (const each of shown) each.end();
      for (const signal of SIGNALS) process.removeListener(signal, forward);
      running -= 1;
      if (!interrupted) resolve({ code, output, stalled });
      else if (running === 0) process.exit(130);
    };
    child.on('error', (error) => {
      console.error(`${file}: ${error.message}`);
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/**
 * Where a command's output is shown: as it comes, or line by line behind the name of the stage that runs beside others.
 * @param {NodeJS.WriteStream} stream @returns {{show: (text: Buffer) => void, end: () => void}}
 */
function shownOn(stream) {
  const stage = beside.getStore();
  if (stage === undefined) return { show: (text) => stream.write(text), end: () => {} };
  const line = (/** @type {string} */ text) => stream.write(`${stage} | ${text}\n`);
  let begun = '';
  return {
    show(text) {
      const lines = (begun + text).split('\n');
      begun = lines.pop() ?? '';
      lines.forEach(line);
    },
    end() {
      if (begun !== '') line(begun);
    },
  };
}

/**
 * Runs a command; one pass or one failure.
 * @param {string} file @param {string[]} args @param {{cwd?: string}} [options] @returns {Promise<import('./count.mjs').Count>}
 */
export async function command(file, args, options) {
  const ended = await run(file, args, options);
  return ended.code === 0 ? passed() : broken([file, ...args.slice(0, 3)].join(' '), whyEnded(ended));
}

/** Why a command is a failure, in a few words. @param {Ended} ended */
export function whyEnded({ code, stalled }) {
  return stalled ? 'no progress for ten minutes' : `exit code ${code}`;
}
