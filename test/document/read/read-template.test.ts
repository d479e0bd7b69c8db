import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../../src/compile/compile.ts';
import { emit } from '../../../src/compile/emit.ts';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import { loadTemplate } from '../../../src/document/read/load-template.ts';
import { readTemplate } from '../../../src/document/read/read-template.ts';
import { validate } from '../../../src/validate/validate.ts';
import { jsonDocument } from '../../support/json-trees.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podlaunch-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: string | Uint8Array): string {
  const path = join(folder, 'template.yaml');
  writeFileSync(path, content);
  return path;
}

const codesIn = async (path: string) => validate(await loadTemplate(path)).map(({ code }) => code);
const codes = (text: string): string[] => validate(readTemplate(text, 't.yaml')).map(({ code }) => code);

describe('files that are no templates', () => {
  test.each([
    ['empty', '', 'PL3001'],
    ['binary', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2), 'PL3002'],
    ['Latin-1', Uint8Array.of(0x41, 0xe9, 0x0a), 'PL3002'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'PL3002'],
  ])('%s', async (_, content, code) => {
    expect(await codesIn(written(content))).toEqual([code]);
  });

  test('a file of 50 MB is refused by its size, before it is read', async () => {
    const path = join(folder, 'large.yaml');
    const file = openSync(path, 'w');
    ftruncateSync(file, 50_000_000);
    closeSync(file);
    const before = process.memoryUsage().arrayBuffers;
    expect(await codesIn(path)).toEqual(['E1002']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test.skipIf(process.platform !== 'linux')('a device without end is read up to the limit', async () => {
    expect(await codesIn('/dev/zero')).toEqual(['E1002']);
  });

  test.each([
    ['only comments', '# nothing\n'],
    ['a text', 'hello\n'],
    ['a list', '- a\n'],
    ['another mapping', 'kind: Pod\n'],
    ['prototype names', 'constructor: 1\n__proto__: 2\n'],
  ])('%s', (_, text) => {
    expect(codes(text)).toEqual(['PL3008']);
  });
});

describe('texts made to break readers', () => {
  test.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow mappings', '{a: '.repeat(20_000)],
    ['block lists', '- '.repeat(20_000)],
    ['explicit keys', '? '.repeat(20_000)],
    ['block mappings', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('%s in each other', (_, text) => {
    expect(codes(text)).toEqual(['PL3007']);
  });

  test('aliases that expand without measure', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const found = codes(`a0: &a0 [x]\n${levels.join('\n')}\nResources: *a30\n`);
    expect(found.filter((code) => code !== 'W1101')).toEqual(['PL3007']);
  });

  test('an alias within itself, one without an anchor, and a chain that gets deeper with each', () => {
    expect(codes('Resources: &r\n  A: *r\n')).toEqual(['W1101', 'PL3007']);
    expect(codes('Resources:\n  A: *gone\n')).toContain('E0000');
    const chain = Array.from({ length: 300 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`).join('\n');
    expect(codes(`a0: &a0 [x]\n${chain}\nResources: *a300\n`)).toContain('PL3007');
  });

  test('in a flow list a short form before a key is read with the key: it takes braces', () => {
    const list = (items: string): string => `Resources: {}\nMetadata: { A: [${items}] }\n`;
    expect(codes(list('!ImportValue Ref: x'))).toEqual(['PL3009', 'E0000']);
    expect(codes(list('!ImportValue {Ref: "AWS::Region"}, !!str b: c'))).toEqual(['PL3009']);
  });

  test('whatever the text, reading and checking never throw', () => {
    const piece = fc.constantFrom(
      'Resources:',
      '\n',
      '  ',
      'A:',
      ' ',
      '!Sub ',
      '${',
      '}',
      '&a ',
      '*a',
      '<<: ',
      '[',
      ']',
      '{',
      '- ',
      "'",
      '"',
      '|',
      '!Ref ',
      'Type: AWS::EC2::VPC',
      '\t',
      '#',
      ': ',
      'Fn::If',
      '\u0000',
      '\ufeff',
      '---\n',
      '%YAML 1.1\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 40 }), (pieces) => {
        for (const finding of validate(readTemplate(pieces.join(''), 't.yaml')))
          expect(finding.span?.line).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('whatever is where in a template, checking never throws', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, true, 5, '', 'A', 'AWS::EC2::VPC', '${A}', 'constructor', '__proto__'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'A',
            'Type',
            'Properties',
            'Ref',
            'Fn::If',
            'Fn::Sub',
            'Fn::GetAtt',
            'Fn::Equals',
            'Condition',
            'Fn::FindInMap',
            'DependsOn',
            'Default',
            'Tags',
            'Metadata',
            'Assertions',
            'constructor',
          ),
          tie('any'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    })).any;
    const section = fc.constantFrom(
      'Resources',
      'Parameters',
      'Conditions',
      'Outputs',
      'Mappings',
      'Rules',
      'Metadata',
      'Transform',
      'Description',
    );
    const span = () => ({ file: 't', line: 1, column: 1, length: 1 });
    fc.assert(
      fc.property(fc.dictionary(section, value, { minKeys: 1, noNullPrototype: true }), (made) => {
        const root = JSON.parse(JSON.stringify(made));
        validate({ file: 't', text: '', value: root, syntax: [], span });
      }),
      { numRuns: 3000, examples: [[{ Conditions: { A: { Condition: [[]] } }, Resources: {} }]] },
    );
  });
});

describe('what is read', () => {
  test('what is emitted is read back: the data, and the place of every key and value', () => {
    for (const template of compile(DEFAULTS, { sha256: 'a'.repeat(64) })) {
      const read = readTemplate(template.text, template.file);
      expect(read.syntax).toEqual([]);
      expect(read.value).toEqual(template.value);
    }
  });

  test('whatever is emitted is read back', () => {
    fc.assert(
      fc.property(jsonDocument, (document) => {
        const { value, syntax } = readTemplate(emit(document, 'heading'), 't.yaml');
        expect(syntax).toEqual([]);
        expect(value ?? {}).toEqual(document);
      }),
      { numRuns: 500 },
    );
  });

  test('JSON, with tabs and escapes, as JSON.parse reads it', () => {
    fc.assert(
      fc.property(jsonDocument, fc.constantFrom(0, 2, '\t'), (document, indent) => {
        const text = JSON.stringify(document, null, indent);
        fc.pre(!/\de[-+]/.test(text)); // 1e+21 is a text to YAML 1.1
        const { value, syntax } = readTemplate(text, 't.json');
        expect(syntax).toEqual([]);
        expect(value).toEqual(document);
      }),
      { numRuns: 500 },
    );
  });

  test('short forms become long ones, a byte order mark and CRLF change nothing', () => {
    const text = '\ufeffA: !GetAtt B.C.D\r\nE: !Sub [a, { b: !Ref c }]\r\nF:\r\n  - !If [g, 1, !Ref AWS::NoValue]\r\n';
    expect(readTemplate(text, 't').value).toEqual({
      A: { 'Fn::GetAtt': ['B', 'C.D'] },
      E: { 'Fn::Sub': ['a', { b: { Ref: 'c' } }] },
      F: [{ 'Fn::If': ['g', 1, { Ref: 'AWS::NoValue' }] }],
    });
  });

  test('numbers stay what they are where a number would lose digits or zeros', () => {
    const text = 'A: 111122223333\nB: 012345678901\nC: 12345678901234567890\nD: 2010-09-09\nE: 1e3\nF: -0.5\n';
    expect(readTemplate(text, 't').value).toEqual({
      A: 111122223333,
      B: '012345678901',
      C: '12345678901234567890',
      D: '2010-09-09',
      E: '1e3',
      F: -0.5,
    });
  });
});
