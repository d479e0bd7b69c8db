import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Turns of phrase that have to be read twice, each with the plain words for it. */
const BANNED: readonly (readonly [pattern: RegExp, better: string])[] = [
  [/\b(?<!still )(lie|lies)\b(?! to\b)/i, 'is, are'],
  [/\bstands?\b(?! (for|in for|still|up|out)\b|-)/i, 'is, is written, appears'],
  [/\bholds?\b(?! (?:apt's lock|`\/var)\b)/i, 'contains, has, is valid'],
  [/\bshall\b/i, 'will, must, may'],
  [/\b(is|are|not) whole\b/i, 'complete'],
  [/\bwhoever\b(?! else)/i, 'anyone who'],
  [/(?<!\b(there|that|what) )\b(is|are) no (?!longer|more|other|different|older)/i, 'is not a, is not a valid'],
  [/\bhere must\b/i, 'NAME must'],
  [/\bthe form that is asked for\b/i, 'the expected format'],
  [/\bthe living one\b/i, 'the maintained one'],
  [/\b(it|they|he|she) likes\b/i, 'accepts'],
  [/(^|[.:] )(Is|Are|Does|Has) the [^.?]*, /, 'If the … is'],
];
function faults(text: string): readonly string[] {
  return BANNED.flatMap(([pattern, better]) => {
    const found = pattern.exec(text);
    return found ? [`${text.slice(Math.max(0, found.index - 30), found.index + 40).trim()} (better: ${better})`] : [];
  });
}

const below = (folder: string, end: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

/** String literals with a space, of TypeScript or Python; comments are left out. */
function literals(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|#).*$|"""[\s\S]*?"""/gm, '');
  return [...code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)]
    .map(([text]) => text)
    .filter((text) => text.includes(' '));
}

describe('plain English', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...below('docs', '.md')];
  test.each(pages)('%s', (page) => {
    expect(readFileSync(page, 'utf8').split('\n').flatMap(faults)).toEqual([]);
  });

  const sources = [...below('src', '.ts'), ...below('lifecycle-scripts', '.py')];
  const messages = sources.filter((file) => !file.includes('/generated/'));
  test.each(messages)('messages of %s', (file) => {
    expect(literals(readFileSync(file, 'utf8')).flatMap(faults)).toEqual([]);
  });

  /** "A file holds a text" is a metaphor; a lock is held, and Slurm can hold a job. */
  const held = /^(?!.*\b(?:locks?|jobs?|cancel)\b).*\bholds?\b/i;
  test.each(sources)('comments of %s contain and have, they do not hold', (file) => {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim());
    expect(lines.filter((line) => /^(?:\/\*\*|\*|\/\/|#|""")/.test(line) && held.test(line))).toEqual([]);
  });

  test('the list finds what it is for, and nothing in good English', () => {
    const bad = ['It lies in eu-west-1.', 'Here must stand true.', '"x" is no region.', 'Is the CA lost, make one.'];
    expect(bad.filter((text) => faults(text).length === 0)).toEqual([]);
    const good = 'If the CA is lost, make a new one. There is no release. $X stands for a value. It is no longer used.';
    expect(faults(good)).toEqual([]);
  });
});
