import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CreateStack, posixLine, powerShellLine } from '../../../src/launch/lines/create-stack-lines.ts';

const stack = (parameters: Record<string, string>, change: Partial<CreateStack> = {}): CreateStack => ({
  region: 'us-west-2',
  stackName: 'physics',
  templateUrl: 'https://b.s3.us-west-2.amazonaws.com/p/releases/1/templates/cluster.yaml',
  makesIam: true,
  parameters,
  ...change,
});

const PLAIN =
  'aws cloudformation create-stack --region us-west-2 --stack-name physics --template-url https://b.s3.us-west-2.amazonaws.com/p/releases/1/templates/cluster.yaml --capabilities CAPABILITY_IAM';

test('without values both are the same words', () => {
  expect(posixLine(stack({}))).toBe(PLAIN);
  expect(powerShellLine(stack({}))).toBe(PLAIN);
  expect(posixLine(stack({}, { makesIam: false }))).not.toContain('CAPABILITY');
});

/**
 * The statements of a line of PowerShell, by its rules for words in single quotes (about_Quoting_Rules): only a quote
 * ends them, plain or typographic, and two of them are one.
 */
function statements(line: string): { readonly text: string; readonly quoted: readonly string[] }[] {
  const all: { text: string; quoted: string[] }[] = [{ text: '', quoted: [] }];
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    const last = all.at(-1)!;
    if (sign === ';') all.push({ text: '', quoted: [] });
    else if (!/['\u2018-\u201b]/.test(sign)) last.text += sign;
    else {
      let word = '';
      for (at++; ; at++) {
        const inner = line[at];
        if (inner === undefined) throw new Error('a quote is left open');
        if (/['\u2018-\u201b]/.test(inner) && !/['\u2018-\u201b]/.test(line[++at] ?? '')) break;
        word += inner;
      }
      at--;
      last.quoted.push(word);
      last.text += '%';
    }
  }
  return all;
}

test.each([
  ['a quote', `it's`],
  ['typographic quotes', '\u2018a\u2019\u201a\u201b'],
  ['what ends a statement', `'; Remove-Item -Recurse / #`],
  ['what is replaced elsewhere', '$(calc) `n "x" %PATH% $env:X {0}'],
  ['another writing', 'Größe 日本 🚀'],
])('PowerShell: %s stays a value', (_, value) => {
  const line = powerShellLine(stack({ ClusterName: value }));
  const found = statements(line);
  expect(found.map(({ text }) => text.trim())).toEqual([
    '$file = New-TemporaryFile',
    '[IO.File]::WriteAllText($file, %)',
    `${PLAIN} --parameters "file://$file"`,
    'Remove-Item $file',
  ]);
  expect(JSON.parse(found[1]!.quoted[0]!)).toEqual([{ ParameterKey: 'ClusterName', ParameterValue: value }]);
});

test('PowerShell: whatever the value, it comes out again, in ASCII, on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const line = powerShellLine(stack({ ClusterName: value }));
      expect(line).toMatch(/^[\x20-\x7e]*$/);
      expect(JSON.parse(statements(line)[1]!.quoted[0]!)[0].ParameterValue).toBe(value);
    }),
  );
});
