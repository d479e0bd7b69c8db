// Fuzzes `validate`: chosen inputs, each in a process of its own, and random ones. Usage: npm run fuzz -- [COUNT] [SEED].
// No input may make it throw, take a second of CPU or 300 MB, flood its output, or name a place outside of the text.
// Every input that fails is written to .cache/fuzz and named; the same seed makes the same inputs.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { api } from './api.mjs';
import { CHOSEN } from './fuzz/chosen.mjs';
import { inputsOf } from './fuzz/inputs.mjs';

const MOST_MEMORY = 300;
/**
 * What an input that is checked with others may need, in MB: V8 collects garbage late, and would let it pile up as long as
 * the machine has room. What is alive after 26,000 inputs is 33 MB; an input that needs more than this ends the thread.
 */
const MOST_ALIVE = 128;
/** After how many seconds at the same input it is ended. */
const PATIENCE = 60;
const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
const folder = fileURLToPath(new URL('../.cache/fuzz', import.meta.url));
console.log(`seed ${seed}, ${count} random inputs, ${Object.keys(CHOSEN).length} chosen ones`);

let failed = 0;
/** @param {string} name @param {string} fault @param {string} text */
function report(name, fault, text) {
  failed++;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.yaml`);
  writeFileSync(path, text);
  console.log(`FAILED ${name}: ${fault}\n  ${path}\n  ${JSON.stringify(text.slice(0, 300))}`);
}

let slowest = { cpu: 0, name: '' };
let largest = { memory: 0, name: '' };
for (const [name, make] of Object.entries(CHOSEN)) {
  let { fault, cpu, memory } = await alone(name);
  // A busy machine is slower: what is too slow is tried again.
  for (let again = 0; again < 2 && fault?.startsWith('takes '); again++) ({ fault, cpu, memory } = await alone(name));
  if (cpu > slowest.cpu) slowest = { cpu, name };
  if (memory > largest.memory) largest = { memory, name };
  const tooMuch = memory > MOST_MEMORY ? `takes ${Math.round(memory)} MB` : undefined;
  if (fault ?? tooMuch) report(name, fault ?? tooMuch ?? '', make());
}
console.log(
  `chosen: ${Math.round(slowest.cpu)} ms of CPU at most (${slowest.name}), ${Math.round(largest.memory)} MB at most (${largest.name})`,
);

const input = inputsOf(api.RULES, seed);
for (let from = 0; from < count; ) from = await random(from);
const memory = process.resourceUsage().maxRSS / 1024;
console.log(`random: ${Math.round(memory)} MB at most`);
if (memory > MOST_MEMORY) {
  failed++;
  console.log(`FAILED: ${Math.round(memory)} MB for random inputs`);
}
console.log(`${failed === 0 ? 'none' : failed} failed; again: npm run fuzz -- ${count} ${seed}`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {string} name @returns {Promise<{fault?: string, cpu: number, memory: number}>} */
async function alone(name) {
  const one = fileURLToPath(new URL('fuzz/one.mjs', import.meta.url));
  try {
    return JSON.parse((await promisify(execFile)(process.execPath, [one, name], { timeout: PATIENCE * 1000 })).stdout);
  } catch (thrown) {
    const { killed, stderr } = /** @type {{killed?: boolean, stderr?: string}} */ (thrown);
    return { fault: killed ? `has no answer after ${PATIENCE} s` : `ends the process: ${stderr}`, cpu: 0, memory: 0 };
  }
}

/** Checks random inputs from an index on. @param {number} from @returns {Promise<number>} the index to go on with */
function random(from) {
  const progress = new SharedArrayBuffer(4);
  const at = new Int32Array(progress);
  Atomics.store(at, 0, from);
  const worker = new Worker(new URL('fuzz/worker.mjs', import.meta.url), {
    workerData: { seed, from, to: count, progress },
    resourceLimits: { maxOldGenerationSizeMb: MOST_ALIVE },
  });
  return new Promise((resolve) => {
    let last = from;
    let since = Date.now();
    const timer = setInterval(() => {
      const now = Atomics.load(at, 0);
      if (now !== last) [last, since] = [now, Date.now()];
      else if (Date.now() - since > PATIENCE * 1000) stop(`has no answer after ${PATIENCE} s`);
    }, 500);
    worker.on('message', (message) => {
      if (message === 'done') end(count);
      else report(`seed ${seed} input ${message.index} (${message.kind})`, message.fault, input(message.index).text);
    });
    worker.on('error', (thrown) => stop(`ends the process: ${thrown}`));

    /** @param {string} fault */
    function stop(fault) {
      const index = Atomics.load(at, 0);
      const { kind, text } = input(index);
      report(`seed ${seed} input ${index} (${kind})`, fault, text);
      end(index + 1);
    }

    /** @param {number} next */
    function end(next) {
      clearInterval(timer);
      worker.removeAllListeners();
      void worker.terminate().then(() => resolve(next));
    }
  });
}
