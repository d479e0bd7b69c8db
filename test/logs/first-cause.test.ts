import { expect, test } from 'vitest';
import { firstCauseIn, type LogLine } from '../../src/logs/first-cause.ts';

let second = 0;
const line = (stream: string, text: string): LogLine => ({
  at: `2026-01-01T00:00:${String(second++).padStart(2, '0')}Z`,
  stream,
  text,
});

test('of the latest run that failed the first line that says so', () => {
  const lines = [
    line('a', 'START RequestId: 1'),
    line('a', 'ERROR of an earlier run'),
    line('a', 'START RequestId: 2'),
    line('b', 'ERROR of another instance'),
    line('a', 'Copying'),
    line('a', 'ERROR it was denied'),
    line('a', 'ERROR so it stopped'),
    line('b', 'fine'),
  ];
  expect(firstCauseIn(lines)?.text).toBe('ERROR it was denied');
});

test.each([
  ['PLN-JOIN: the directory does not answer', true],
  ['Traceback (most recent call last):', true],
  ['2026-01-01 Task timed out after 60.00 seconds', true],
  ['{"errorMessage":"no"}', true],
  ['no error was found', false],
  ['joined', false],
])('%s: %s', (text, isFault) => {
  expect(firstCauseIn([line('a', text)]) !== undefined).toBe(isFault);
});
