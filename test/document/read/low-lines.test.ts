import { expect, test } from 'vitest';
import { readTemplate } from '../../../src/document/read/read-template.ts';

const around = (lines: string): string =>
  `Resources:\n  Box:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n${lines}`;
const properties = (text: string): unknown =>
  (readTemplate(text, 't').value as { Resources: { Box: { Properties: unknown } } }).Resources.Box.Properties;

test.each([
  [
    'a flow mapping',
    '      Tags: {"a": "b",\n      "c": "d"}\n      Value: x\n',
    { Tags: { a: 'b', c: 'd' }, Value: 'x' },
  ],
  ['a flow list, far to the left', '      Tags: [a,\n b,\nc]\n      Value: x\n', { Tags: ['a', 'b', 'c'], Value: 'x' }],
  [
    'text in double quotes',
    '      Value: "one line,\n      and another"\n      Name: x\n',
    { Value: 'one line, and another', Name: 'x' },
  ],
  [
    'text in single quotes',
    "      Value: 'one line,\n\n  and another'\n      Name: x\n",
    { Value: 'one line,\nand another', Name: 'x' },
  ],
])('%s may go on at the column of its key', (_, lines, expected) => {
  const text = around(lines);
  const document = readTemplate(text, 't');
  expect(document.syntax).toEqual([]);
  expect(properties(text)).toEqual({ Type: 'String', ...expected });
  const last = Object.keys(expected).at(-1)!;
  const { line, column } = document.span(['Resources', 'Box', 'Properties', last], 'key');
  expect(text.split('\n')[line - 1]!.slice(column - 1)).toMatch(new RegExp(`^${last}: x`));
});

test('what is not closed at all stays a fault, and is tried no longer than a moment', () => {
  for (const text of [
    around('      Value: "one line,\n      and another\n'),
    '{[',
    `${'[\n'.repeat(500)}`,
    '"\n'.repeat(501),
  ]) {
    const { syntax, value } = readTemplate(text, 't');
    expect(value).toBeUndefined();
    expect(syntax[0]?.code).toMatch(/^(?:E0000|PL3007)$/);
  }
});
