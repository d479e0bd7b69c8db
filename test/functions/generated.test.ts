import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { declaredFunctions, functionModule } from '../../scripts/generate/functions.mjs';
import { FUNCTIONS } from '../../src/functions/index.ts';

const code = (name: string) => readFileSync(`src/functions/generated/${name}.ts`, 'utf8');

test('the build reads the list', async () => {
  expect(await declaredFunctions()).toEqual(FUNCTIONS);
  expect(readdirSync('src/functions/generated')).toEqual(FUNCTIONS.map(({ name }) => `${name}.ts`).toSorted());
});

test.each(FUNCTIONS)(
  'the text of $name is what its TypeScript builds to (renew it with npm run generate -- functions)',
  async (declaration) => expect(await functionModule(declaration)).toBe(code(declaration.name)),
);

// A package that is not here cannot be loaded by the emulator either: the stack would wait for an answer till its end.
test.each(FUNCTIONS)('$name asks only for Node.js itself and for clients that the tests have', ({ name }) => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const asked = [...code(name).matchAll(/require\(\\"([^"\\]+)\\"\)/g)].map(([, from]) => from!);
  const clients = asked.filter((from) => !from.startsWith('node:'));
  expect(asked).toContain('node:timers/promises');
  expect(clients.filter((from) => !(from in { ...dependencies, ...devDependencies }))).toEqual([]);
});
