// Checks random inputs, one after the other, and tells of those that fail. The parent watches how far it has come.
import { parentPort, workerData } from 'node:worker_threads';
import { api } from '../api.mjs';
import { inputsOf } from './inputs.mjs';
import { judge } from './judge.mjs';

const { seed, from, to, progress } = workerData;
const input = inputsOf(api.RULES, seed);
const at = new Int32Array(progress);
for (let index = from; index < to; index++) {
  Atomics.store(at, 0, index);
  const { kind, text } = input(index);
  const { fault, cpu } = judge(api, text);
  // A pause of the machine, or of the garbage collector, is not the input's: it is tried again.
  const again = fault?.startsWith('takes ') ? judge(api, text) : { fault, cpu };
  if (again.fault !== undefined) parentPort?.postMessage({ index, kind, fault: again.fault });
}
parentPort?.postMessage('done');
