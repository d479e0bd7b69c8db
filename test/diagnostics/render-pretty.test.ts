import fc from 'fast-check';
import { expect, test } from 'vitest';
import { error, info, warning } from '../../src/diagnostics/diagnostic.ts';
import { renderPretty } from '../../src/diagnostics/render-pretty.ts';

const TEXT = 'Resources:\r\n  Vpc:\r\n\tType: AWS::EC2::Vpc\r\n  Größe: 界界 x\r\n';
const span = { file: 't.yaml', line: 3, column: 8, length: 13 };
const finding = error({ code: 'E3006', message: 'No such type.', span, hint: 'Did you mean AWS::EC2::VPC?' });
const text = (file: string) => (file === 't.yaml' ? TEXT : undefined);

test('shows the place, the line, a caret under it, the hint and a count', () => {
  expect(renderPretty([finding], { text })).toBe(
    [
      'error E3006: No such type.',
      ' --> t.yaml:3:8',
      '3 | \tType: AWS::EC2::Vpc',
      '  | \t      ^^^^^^^^^^^^^',
      '  = Did you mean AWS::EC2::VPC?',
      '',
      '1 error',
      '',
    ].join('\n'),
  );
});

test('counts by severity and names related places and the source', () => {
  const shown = renderPretty([
    finding,
    warning({ code: 'W1', message: 'a', related: [{ message: 'First here', span }] }),
    info({ code: 'I1', message: 'b', source: { file: 'src/parts/network/network.ts', line: 7 } }),
  ]);
  expect(shown).toContain('First here (t.yaml:3:8)');
  expect(shown).toContain('written at src/parts/network/network.ts:7');
  expect(shown).toMatch(/\n1 error, 1 warning, 1 note\n$/);
});

test('wide characters move the caret by two columns', () => {
  const wide = { file: 't.yaml', line: 4, column: 13, length: 1 };
  const [line, caret] = renderPretty([error({ code: 'E1', message: 'm', span: wide })], { text })
    .split('\n')
    .slice(2);
  expect(line).toBe('4 |   Größe: 界界 x');
  expect(caret).toBe('  |          \u3000\u3000 ^');
});

test('a hint of several lines is indented, line by line', () => {
  const shown = renderPretty([error({ code: 'E1', message: 'm', hint: 'Run:\naws s3 ls' })]);
  expect(shown).toContain('\n = Run:\n   aws s3 ls\n');
});

test('colours only when asked', () => {
  expect(renderPretty([finding], { text })).not.toContain('\x1b');
  expect(renderPretty([finding], { text, colours: true })).toContain('\x1b[31merror E3006\x1b[0m');
});

test('nothing of a file steers the terminal, whatever the span', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(9), fc.nat(400), fc.nat(400), (any, line, column, length) => {
      const place = { file: any, line: line + 1, column: column + 1, length: length + 1 };
      const shown = renderPretty([error({ code: 'E1', message: any, span: place, hint: any })], { text: () => any });
      expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
    }),
  );
});

test('a long line is shown around the place', () => {
  const far = { file: 't.json', line: 1, column: 900_001, length: 3 };
  const shown = renderPretty([error({ code: 'E1', message: 'm', span: far })], {
    text: () => `${'x'.repeat(900_000)}bad${'x'.repeat(900_000)}`,
  });
  const [line, caret] = shown.split('\n').slice(2);
  expect(line!.length).toBeLessThan(200);
  expect(line!.slice(caret!.indexOf('^'), caret!.lastIndexOf('^') + 1)).toBe('bad');
});

test('the line of a secret is not shown', () => {
  expect(renderPretty([{ ...finding, secret: true }], { text })).not.toContain('AWS::EC2::Vpc');
});

test('no findings, no output', () => {
  expect(renderPretty([])).toBe('');
});
