import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingsOf } from '../../src/diagnostics/findings-of.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

test('what the operating system refuses is a finding, with a path or without', () => {
  const folder = thrownBy(() => readFileSync(tmpdir()));
  expect(folder).toMatchObject({ code: 'EISDIR' });
  expect(folder).not.toHaveProperty('path');
  expect(findingsOf(folder)).toMatchObject([{ code: 'PL0001', hint: expect.stringContaining('folder') }]);
  const missing = thrownBy(() => readFileSync(join(tmpdir(), 'no', 'such', 'file')));
  expect(findingsOf(missing)).toMatchObject([{ code: 'PL0001' }]);
});

test('any other error is a bug', () => {
  expect(findingsOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(findingsOf(Object.assign(new Error('no'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBeUndefined();
  expect(findingsOf('a string')).toBeUndefined();
});
