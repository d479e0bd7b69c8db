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

test('when nothing goes on it says for how long, until something does', () => {
  const display = progress(io(false), 'Comparing');
  vi.advanceTimersByTime(1000);
  expect(written).toEqual(['Comparing\n']);
  vi.advanceTimersByTime(15_000);
  expect(written.slice(1)).toEqual([
    'Comparing (nothing has happened for 5 seconds)\n',
    'Comparing (nothing has happened for 10 seconds)\n',
  ]);
  display.update('Writing');
  for (let file = 0; file < 10; file++) {
    vi.advanceTimersByTime(4000);
    display.update('Writing');
  }
  expect(written.slice(3)).toEqual(['Writing\n']);
  vi.advanceTimersByTime(5000);
  expect(written.at(-1)).toBe('Writing (nothing has happened for 5 seconds)\n');
  display.done();
  vi.advanceTimersByTime(99_999);
  expect(written).toHaveLength(5);
});

test('a question has the terminal for itself', () => {
  const display = progress(io(true), 'One');
  vi.advanceTimersByTime(1000);
  display.pause();
  vi.advanceTimersByTime(99_999);
  display.update('Two');
  display.done();
  expect(written).toEqual(['\r\x1b[KOne', '\r\x1b[K', '\r\x1b[KTwo', '\r\x1b[K']);
});
