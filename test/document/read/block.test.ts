import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Path } from '../../../src/diagnostics/diagnostic.ts';
import { isList, isObject } from '../../../src/document/intrinsics.ts';
import { readBlock } from '../../../src/document/read/block/read-block.ts';
import { readBlockTemplate } from '../../../src/document/read/block/read-block-template.ts';
import { readWithYaml } from '../../../src/document/read/read-with-yaml.ts';
import type { Json, ReadEntries } from '../../../src/document/template-document.ts';

const FIXTURES = 'test/fixtures/templates';
const files = ['dist', `${FIXTURES}/good`, `${FIXTURES}/bad`].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name)),
);
const texts = files.map((name) => readFileSync(name, 'utf8'));

/** Every path of a value, and one that leads nowhere within it. */
function* pathsOf(value: Json, path: Path = []): Generator<Path> {
  yield path;
  yield [...path, 'Nowhere'];
  const inner = isList(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [key, one] of inner) yield* pathsOf(one, [...path, key]);
}

/** What was read of all texts: none of them is read otherwise for it. */
const before: ReadEntries = new Map();

/** Whether the block reader reads a text: then both agree on what it says, and on where. */
function bothAgree(text: string): boolean {
  const ours = readBlockTemplate(text, 't');
  readBlockTemplate(text, 't', before);
  const again = readBlockTemplate(text, 't', before);
  expect(JSON.stringify(again?.value), text).toBe(JSON.stringify(ours?.value));
  if (!ours) return false;
  const theirs = readWithYaml(text, 't');
  expect(theirs.syntax, text).toEqual([]);
  expect(ours.value, text).toEqual(theirs.value);
  expect(JSON.stringify(ours.value), text).toBe(JSON.stringify(theirs.value));
  for (const path of pathsOf(ours.value!))
    for (const part of ['value', 'key'] as const) {
      const { span } = path.length % 2 === 0 ? ours : again!;
      expect(span(path, part), `${part} of ${path.join('.')} in\n${text}`).toEqual(theirs.span(path, part));
    }
  return true;
}

describe('the block reader and yaml agree on value, path and place', () => {
  test.each(files.filter((name) => name.startsWith('dist/')))('%s, which the block reader reads', (name) => {
    expect(bothAgree(readFileSync(name, 'utf8'))).toBe(true);
  });

  test('the templates of the tests', () => {
    expect(texts.filter(bothAgree).length).toBeGreaterThan(texts.length / 3);
  });

  test('templates that differ in a word have the other entries in common', () => {
    for (const name of files.filter((one) => one.startsWith('dist/'))) {
      const text = readFileSync(name, 'utf8');
      const read: ReadEntries = new Map();
      readBlock(text, read);
      const { size } = read;
      readBlock(text.replace(/DeletionPolicy: \w+/, 'DeletionPolicy: Snapshot'), read);
      expect(size).toBeGreaterThan(10);
      expect(read.size - size).toBeLessThanOrEqual(1);
    }
  });

  test('entries in any order, indentation and length', () => {
    const line = fc.constantFrom(
      'S:',
      'A:',
      'B: 1',
      'C: |',
      'D: |+',
      '- 1',
      '- E: 2',
      '# c',
      '',
      'F: [1',
      'G: !Sub x',
      "'H': 3",
    );
    const text = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 4 }), line), { maxLength: 9 })
      .map((some) => `R:\n${some.map(([n, one]) => `${' '.repeat(n * 2)}${one}`).join('\n')}`);
    let read = 0;
    fc.assert(
      fc.property(text, (one) => {
        if (bothAgree(one)) read++;
      }),
      { numRuns: 6000 },
    );
    expect(read).toBeGreaterThan(50);
  });

  test('lines of templates in any order and indentation', () => {
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.length < 80);
    const line = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(...lines));
    const text = fc
      .array(line, { maxLength: 6 })
      .map((some) => some.map(([n, one]) => `${' '.repeat(n)}${one.trim()}`).join('\n'));
    let read = 0;
    fc.assert(
      fc.property(text, fc.constantFrom('', '\n', '\n\n'), (one, end) => {
        if (bothAgree(one + end)) read++;
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(50);
  });

  test('pieces of YAML put together', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b: ',
        'c:',
        '- ',
        '-',
        '!Ref ',
        '!Sub',
        '!GetAtt A.B',
        '[',
        ']',
        '{',
        '}',
        ', ',
        ',',
        ': ',
        ':',
        '#',
        ' #',
        ' ',
      ],
      ...[
        '\n',
        '\n  ',
        '\n    ',
        "'",
        '"',
        "''",
        '\\n',
        '|',
        '|-',
        '|+',
        '>',
        '&a',
        '*a',
        '?',
        '? ',
        '---',
        '%',
        '~',
        '12',
        '1.5',
        'true',
        'yes',
      ],
      ...[
        'a b',
        'é',
        '\t',
        '\r\n',
        'x: y',
        '- z',
        '"q": 1',
        "'k': v",
        'http://a',
        '-1',
        '--',
        '.5',
        '=',
        '<<: ',
        '!!str ',
        '@',
        '`',
      ],
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        if (bothAgree(pieces.join(''))) read++;
      }),
      { numRuns: 4000 },
    );
    expect(read).toBeGreaterThan(50);
  });
});
