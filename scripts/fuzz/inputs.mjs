// Random inputs: templates that are nearly right, and texts that are not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFor } from './random.mjs';

/** @typedef {import('./random.mjs').Random} Random */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TYPES = readFileSync(join(ROOT, 'src/aws/generated/schemas/index.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(' ', 1)[0] ?? '');

/** Values that a rule may not expect where they are. @type {readonly unknown[]} */
const ODD = [
  ...[
    null,
    true,
    0,
    -1,
    1e300,
    0.1,
    '',
    ' ',
    'a',
    'true',
    '1',
    '${',
    '${A.B',
    '${AWS::Region}',
    '{{resolve:ssm:a}}',
    '{{resolve:',
  ],
  ...[
    'constructor',
    '__proto__',
    'arn:aws:iam::111122223333:role/a',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '::/0',
    '*',
    's3:*',
    '\ud800',
    '\u0000',
    'ü'.repeat(300),
  ],
  ...[
    [],
    {},
    [[]],
    [{}],
    [null],
    { toString: 1 },
    { length: 1 },
    { a: { b: { c: [1, 'x', null] } } },
    Array(300).fill('a'),
  ],
  ...[
    { Ref: null },
    { Ref: 'A' },
    { Ref: 'AWS::NoValue' },
    { Ref: 'AWS::Region' },
    { 'Fn::If': [] },
    { 'Fn::If': ['X', null] },
  ],
  ...[
    { 'Fn::If': ['C', 'a', { Ref: 'AWS::NoValue' }] },
    { 'Fn::GetAtt': 'A' },
    { 'Fn::GetAtt': ['A', 'Arn'] },
    { 'Fn::GetAtt': [] },
  ],
  ...[
    { 'Fn::Sub': [] },
    { 'Fn::Sub': '${A.Arn}${!B}${' },
    { 'Fn::Sub': ['${A}', null] },
    { 'Fn::Join': [',', { Ref: 'A' }] },
    { 'Fn::Join': [] },
  ],
  ...[
    { 'Fn::FindInMap': [{}] },
    { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'x'] },
    { 'Fn::Select': ['9', ['a']] },
    { 'Fn::Select': [-1, []] },
  ],
  ...[
    { 'Fn::Split': ['', 'a'] },
    { 'Fn::Cidr': ['10.0.0.0/8', 'x', {}] },
    { 'Fn::GetAZs': {} },
    { 'Fn::ImportValue': [] },
    { 'Fn::Transform': 1 },
  ],
  ...[
    { Condition: [] },
    { 'Fn::And': [] },
    { 'Fn::Equals': [{ Ref: 'P' }] },
    { 'Fn::Not': {} },
    { 'Fn::ForEach::X': ['Y', [], {}] },
    { 'Fn::Length': 1 },
  ],
];

/** Pieces of YAML and JSON, and of templates. */
const PIECES = [
  ...[
    '\n',
    '\r\n',
    '\t',
    '  ',
    ': ',
    '- ',
    '? ',
    '# ',
    '|',
    '>-',
    '|2',
    '&a ',
    '*a',
    '<<: *a',
    '!Ref ',
    '!Sub ',
    '!GetAtt ',
    '!!binary ',
    '!<x> ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '\\',
    '\\u',
    '\u0000',
    '\u2028',
    '\ufeff',
    '\ud800',
    '~',
    'null',
    'yes',
    '0o7',
    '0x1f',
    '1_000',
    '1:30',
    '.inf',
    '2001-01-01',
  ],
  ...[
    'Resources:\n',
    'Parameters:\n',
    'Conditions:\n',
    'Outputs:\n',
    'Type: ',
    'Properties:\n',
    'AWS::EC2::VPC',
    'Fn::If',
    'Fn::Sub',
    '${',
    '}',
    'Fn::ForEach::A',
    'Transform: AWS::Serverless-2016-10-31\n',
  ],
];

/**
 * Makes the function that gives the input of an index.
 * @param {readonly {bad: readonly string[], good: readonly string[]}[]} rules whose examples are changed
 * @param {number} seed
 * @returns {(index: number) => {kind: string, text: string}}
 */
export function inputsOf(rules, seed) {
  const examples = rules.flatMap(({ bad, good }) => [...bad, ...good]).filter((text) => text.length < 20_000);
  const compiled = readdirSync(join(ROOT, 'dist'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(ROOT, 'dist', name), 'utf8'));

  /** @type {readonly (readonly [kind: string, weight: number, make: (random: Random) => string])[]} */
  const kinds = [
    ['example of a rule, changed', 45, (random) => changed(random.one(examples), random)],
    ['two examples of rules, crossed', 15, (random) => crossed(random.one(examples), random.one(examples), random)],
    ['template of any sections', 20, (random) => JSON.stringify(anyTemplate(random), null, random.below(3))],
    ['pieces of YAML', 15, (random) => Array.from({ length: 1 + random.below(80) }, () => random.one(PIECES)).join('')],
    ['compiled template, changed', 5, (random) => changed(random.one(compiled), random)],
  ];
  const bag = kinds.flatMap((kind) => Array(kind[1]).fill(kind));
  return (index) => {
    const random = randomFor(seed, index);
    const [kind, , make] = random.one(bag);
    return { kind, text: make(random) };
  };
}

/** A text with some changes: cut, doubled, moved, other pieces. @param {string} text @param {Random} random */
function changed(text, random) {
  let now = text;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(now.length + 1);
    const end = Math.min(now.length, at + random.below(random.chance(0.8) ? 12 : 400));
    const middle = random.one([
      () => '',
      () => random.one(PIECES),
      () => random.one(PIECES) + now.slice(at, end),
      () => now.slice(at, end).repeat(1 + random.below(4)),
      () => JSON.stringify(random.one(ODD)) ?? '',
      () => String.fromCharCode(random.below(0x10000)),
    ])();
    now = now.slice(0, at) + middle + now.slice(end);
  }
  return now;
}

/** The lines of one text up to somewhere, then those of another. @param {string} one @param {string} other @param {Random} random */
function crossed(one, other, random) {
  const [first, second] = [one.split('\n'), other.split('\n')];
  return [...first.slice(0, random.below(first.length + 1)), ...second.slice(random.below(second.length + 1))].join(
    '\n',
  );
}

/** @param {Random} random @returns {unknown} */
function anyTemplate(random) {
  const value = (depth = 0) => anyValue(random, depth);
  const section = () =>
    random.chance(0.15)
      ? value()
      : Object.fromEntries(names(random).map((name) => [name, random.chance(0.3) ? value() : entry()]));
  const entry = () =>
    Object.fromEntries(
      ['Type', 'Default', 'Value', 'Assertions', 'AllowedValues']
        .filter(() => random.chance(0.5))
        .map((key) => [
          key,
          key === 'Type' && random.chance(0.7)
            ? random.one(['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'AWS::EC2::VPC::Id'])
            : value(),
        ]),
    );
  const resource = () => ({
    Type: random.chance(0.9) ? random.one(TYPES) : value(),
    ...(random.chance(0.8) && {
      Properties: random.chance(0.1) ? value() : Object.fromEntries(names(random).map((name) => [name, value()])),
    }),
    ...(random.chance(0.2) && {
      [random.one(['DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'UpdatePolicy', 'CreationPolicy'])]: value(),
    }),
  });
  const resources = random.chance(0.1)
    ? value()
    : Object.fromEntries(names(random).map((name) => [name, random.chance(0.9) ? resource() : value()]));
  const others = [
    'Parameters',
    'Mappings',
    'Conditions',
    'Rules',
    'Outputs',
    'Metadata',
    'Transform',
    'Hooks',
    'Globals',
  ];
  return {
    Resources: resources,
    ...Object.fromEntries(others.filter(() => random.chance(0.25)).map((name) => [name, section()])),
  };
}

/** @param {Random} random */
function names(random) {
  const all = [
    'A',
    'B',
    'C',
    'P',
    'M',
    'X',
    'Name',
    'Tags',
    'VpcId',
    'Policies',
    'PolicyDocument',
    'Runtime',
    'Code',
    'constructor',
    'Fn::ForEach::L',
    'ü',
  ];
  return [...new Set(Array.from({ length: random.below(6) }, () => random.one(all)))];
}

/** @param {Random} random @param {number} depth @returns {unknown} */
function anyValue(random, depth) {
  if (depth > 5 || random.chance(0.5)) return random.one(ODD);
  const inner = () => anyValue(random, depth + 1);
  if (random.chance(0.4)) return Array.from({ length: random.below(4) }, inner);
  const key = () =>
    random.one([
      'Fn::If',
      'Fn::Sub',
      'Fn::Join',
      'Fn::Select',
      'Fn::Or',
      'Fn::Equals',
      'Ref',
      'Condition',
      'Key',
      'Value',
      'Statement',
      'Action',
      'Effect',
    ]);
  return Object.fromEntries(Array.from({ length: 1 + random.below(2) }, () => [key(), inner()]));
}
