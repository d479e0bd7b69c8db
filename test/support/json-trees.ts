import fc from 'fast-check';
import type { Json } from '../../src/document/template-document.ts';

/** Strings that YAML readers are known to stumble over. */
const TRAPS = [
  ...[
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'N',
    'true',
    'null',
    '~',
    '',
    ' ',
    '=',
    '<<',
    '!',
    '&a',
    '*a',
    '- a',
    '? a',
    ': a',
  ],
  ...['1:05:00', '1_000', '0o7', '0x1F', '1e3', '.inf', '-.INF', '.NaN', '2001-12-14', '012', '+1', '-', '--- ', '...'],
  ...[
    'a: b',
    'a #b',
    'a:',
    '#a',
    ' a',
    'a ',
    'a\nb',
    'a\n',
    '\na',
    'a\n\n',
    'a \nb',
    '\ta',
    'a\tb',
    'a\r\nb',
    '"',
    "'",
  ],
  ...[
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u0000',
    '\u001b',
    '\u007f',
    '\ud83d\ude00',
    'é',
    '{a}',
    '[a',
    'a,b',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
  ],
];

const text = fc.oneof(
  fc.constantFrom(...TRAPS),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
  fc.array(fc.constantFrom(...TRAPS, 'a', ' ', '\n'), { maxLength: 4 }).map((parts) => parts.join('')),
);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
);

/** Any JSON whose object keys are safe to compare (`__proto__` is left out). */
export const jsonTree: fc.Arbitrary<Json> = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    jsonObject(tie('tree')),
  ),
})).tree;

/** A JSON object with such values: what a template is. */
export const jsonDocument: fc.Arbitrary<{ readonly [key: string]: Json }> = jsonObject(jsonTree);

function jsonObject(value: fc.Arbitrary<Json>): fc.Arbitrary<{ [key: string]: Json }> {
  return fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    value,
    { maxKeys: 4, noNullPrototype: true },
  );
}
