import { defineConfig } from 'vitest/config';

// unit: no network, no process but our own. emulators: real software on loopback. oracles: other tools judge our output.
const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: 300_000 },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/**/*.test.ts'], 20_000),
      project('emulators', ['test/**/*.emulator.ts'], 180_000),
      project('oracles', ['test/**/*.oracle.ts'], 300_000),
    ],
  },
});
