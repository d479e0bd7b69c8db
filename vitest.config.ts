import { defineConfig } from 'vitest/config';

// unit: no network, no process but our own. emulators: real software on loopback. oracles: other tools judge our output.
// The times are there to end what hangs, not to measure: on a busy machine everything takes ten times as long.
const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: 600_000 },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/**/*.test.ts'], 120_000),
      project('emulators', ['test/**/*.emulator.ts'], 600_000),
      project('oracles', ['test/**/*.oracle.ts'], 600_000),
    ],
  },
});
