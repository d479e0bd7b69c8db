import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { progress } from '../../src/cli/progress.ts';

let written: string[];
const io = (isTTY: boolean): Io => {
  const stderr = { isTTY, write: (text: string) => void written.push(text) };
  return { stdin: process.stdin, stdout: stderr, stderr, env: {}, cwd: '/' };
};
beforeEach(() => {
  written = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test('says nothing about what takes less than a second', () => {
  const display = progress(io(true), 'Working');
  display.update('Still working');
  vi.advanceTimersByTime(999);
  display.done();
  vi.advanceTimersByTime(9999);
  expect(written).toEqual([]);
});

test('on a terminal: one line that is rewritten, and gone at the end', () => {
  const display = progress(io(true), 'One');
  vi.advanceTimersByTime(1000);
  display.update('Two');
  display.update('Two');
  display.done();
  expect(written).toEqual(['\r\x1b[KOne', '\r\x1b[KTwo', '\r\x1b[K']);
});

test('elsewhere: a line for each step, without control characters', () => {
  const display = progress(io(false), 'One');
  vi.advanceTimersByTime(1000);
  display.update('Two');
  display.done();
  expect(written).toEqual(['One\n', 'Two\n']);
});
