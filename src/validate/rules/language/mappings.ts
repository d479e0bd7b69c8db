import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { nameOf, wrongKind } from '../../model/shape.ts';
import { beside, many, value } from '../base/examples.ts';
import { longNames, tooMany } from '../base/limits.ts';
import { all, badNames, notAMapping } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';
import { unused } from './unused.ts';

const MAP = ['Mappings:', '  Zones:', '    us-west-2: { first: usw2-az1 }'];

/** What keys of the second and of the third level may consist of. */
const ROW = { form: /^[a-zA-Z0-9.-]+$/, what: 'letters, digits, dots and hyphens' };
const COLUMN = { form: /^[a-zA-Z0-9]+$/, what: 'letters and digits' };

/** The entries of a mapping, or of a row of it, without what macros put there. Says where it is not one, or is empty. */
function* entriesOf(value: Json, path: Path, { form, what }: typeof ROW): Generator<Hit, readonly [string, Json][]> {
  if (!isObject(value)) {
    yield wrongKind(value, path, 'mapping');
    return [];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) yield { message: `${nameOf(path)} has no keys.`, path, part: 'key', hint: 'Delete it.' };
  const own = entries.filter(([key]) => !key.startsWith('Fn::'));
  for (const [key] of own)
    if (!form.test(key))
      yield { message: `The key ${JSON.stringify(key)} must consist of ${what}.`, path: [...path, key], part: 'key' };
  return own;
}

const shape: Check = function* ({ mappings }) {
  for (const [name, mapping] of Object.entries(mappings)) {
    if (name.startsWith('Fn::')) continue;
    const path = ['Mappings', name];
    for (const [key, row] of yield* entriesOf(mapping, path, ROW))
      for (const [column, value] of yield* entriesOf(row, [...path, key], COLUMN))
        if (isObject(value) || value === null)
          yield {
            message: `Mappings.${name}.${key}.${column} must be text, a number or a list, not a function or a mapping.`,
            path: [...path, key, column],
          };
  }
};

/** What YAML 1.1 takes for a number. */
const NUMBER = /^[-+]?(?:0|[1-9][\d_]*|0[0-7_]+|0x[\da-fA-F_]+|0b[01_]+|[\d_]+\.[\d_]*)$/;

/** Keys that are written as numbers: CloudFormation wants text. */
const numericKeys: Check = function* ({ mappings, document }) {
  let lines: readonly string[] | undefined;
  for (const [name, mapping] of Object.entries(mappings))
    for (const [key, row] of Object.entries(isObject(mapping) ? mapping : {}))
      for (const path of [
        ['Mappings', name, key],
        ...Object.keys(isObject(row) ? row : {}).map((column) => ['Mappings', name, key, column]),
      ]) {
        const last = path.at(-1)!;
        if (!NUMBER.test(last)) continue;
        const { line, column } = document.span(path, 'key');
        lines ??= document.text.split('\n');
        const isQuoted = /["']/.test(lines[line - 1]?.[column - 1] ?? '"');
        if (!isQuoted)
          yield { message: `The key ${last} must be text, not a number.`, path, part: 'key', hint: `Write '${last}'.` };
      }
};

/** Mappings. */
export const MAPPING_RULES: readonly Rule[] = [
  {
    code: 'E7001',
    name: 'mapping-shape',
    message: 'A mapping has two levels of keys, and text, numbers or lists below them.',
    why: TEMPLATE_REFUSED,
    fix: 'Write two levels of keys.',
    url: guide('mappings-section-structure'),
    bad: [
      beside('Mappings:', '  Zones: text # <-'),
      beside('Mappings:', '  Zones: { a: { b: { c: d } } } # <-'),
      beside('Mappings:', '  Zones: { a: { 32: c } } # <-'),
      beside('Mappings:', '  Zones: {} # <-'),
      beside('Mappings:', '  Zones: { a_b: { c: d } } # <-'),
      beside('Mappings:', '  Zones: { a: { b-c: d } } # <-'),
    ],
    good: [
      beside('Mappings:', '  Zones: { a: { b: c }, us-west-2.a: { b: c } }'),
      beside(
        'Mappings:',
        "  Zones: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://a/b.json } } }",
      ),
      beside('Mappings:', "  Zones: { '111122223333': { '32': c } }"),
    ],
    check: all(notAMapping('Mappings'), badNames('Mappings', 'mapping name'), shape, numericKeys),
  },
  {
    code: 'E7002',
    name: 'mapping-name-length',
    message: 'The name of a mapping is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [beside('Mappings:', `  ${'M'.repeat(256)}: { a: { b: c } } # <-`)],
    good: [beside('Mappings:', '  Zones: { a: { b: c } }')],
    check: longNames('Mappings'),
  },
  {
    code: 'E7010',
    name: 'mapping-count',
    message: 'The template has too many mappings.',
    why: 'There may be 200.',
    fix: 'Put several into one: it has two levels of keys.',
    url: guide('cloudformation-limits'),
    bad: [
      beside(
        'Mappings: # <-',
        many(201, (i) => `  M${i}: { a: { b: c } }`),
      ),
    ],
    good: [beside('Mappings:', '  Zones: { a: { b: c } }')],
    check: tooMany('Mappings', 200),
  },
  {
    code: 'W7001',
    name: 'unused-mapping',
    message: 'Nothing uses a mapping.',
    why: 'Anyone who reads the template looks for its use.',
    fix: 'Delete it.',
    url: guide('mappings-section-structure'),
    bad: [beside('Mappings:', '  Zones: # <-', '    us-west-2: { first: usw2-az1 }')],
    good: [value('!FindInMap [Zones, us-west-2, first]', ...MAP)],
    check: unused('Mappings', 'mapping'),
  },
];
