import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A worker a processor: vitest leaves one idle. */
const WORKERS = availableParallelism();

// The times are there to end what hangs, not to measure: on a busy machine everything takes ten times as long.
const project = (groupOrder: number, name: string, include: string[], testTimeout: number, maxWorkers = WORKERS) => ({
  test: { name, include, testTimeout, hookTimeout: 600_000, maxWorkers, sequence: { groupOrder } },
});

// unit: no network, no process but our own. emulators: real software on loopback, for which a test waits half of its
// time. oracles: other tools judge our output. One after the other where several are asked for.
export default defineConfig({
  test: {
    projects: [
      project(0, 'unit', ['test/**/*.test.ts'], 120_000),
      project(1, 'emulators', ['test/**/*.emulator.ts'], 600_000, WORKERS + 1),
      project(2, 'oracles', ['test/**/*.oracle.ts'], 600_000),
    ],
  },
});
