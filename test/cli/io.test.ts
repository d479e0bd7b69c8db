import { expect, test } from 'vitest';
import { hasColours } from '../../src/cli/io.ts';

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR, which says nothing', true, { NO_COLOR: '' }, true],
  ['FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
  ['both: NO_COLOR wins', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('%s', (_, isTTY, env, colours) => {
  expect(hasColours({ isTTY, write: () => undefined }, env)).toBe(colours);
});
