import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { why } from '../../src/aws/comments.ts';
import { emit } from '../../src/compile/emit.ts';
import { jsonDocument } from '../support/json-trees.ts';

const fn = (name: string, payload: unknown) => new IntrinsicFunction(name, payload);

describe('emit', () => {
  test.each(['1.1', '1.2'] as const)('is read back unchanged as YAML %s', (version) => {
    fc.assert(
      fc.property(jsonDocument, (document) => {
        const read = parse(emit(document, ''), { version, schema: version === '1.1' ? 'yaml-1.1' : 'core' });
        expect(read ?? {}).toEqual(document);
      }),
      { numRuns: 3000, examples: [[{ a: 'e5' }], [{ a: 'e+0' }], [{ a: 'E-3' }]] },
    );
  });

  test('writes functions in short form, on one line where they fit', () => {
    const body = {
      Resources: {
        A: {
          Cidr: fn('Fn::Select', [0, fn('Fn::Cidr', [fn('Fn::GetAtt', ['Vpc', 'CidrBlock']), 4, 14])]),
          Zone: fn('Fn::Select', [1, fn('Fn::GetAZs', '')]),
          Name: fn('Fn::Sub', 'a-${AWS::Region}'),
          Nested: fn('Fn::Base64', fn('Fn::Sub', 'x')),
          Choice: fn('Fn::If', ['Wanted', { Port: 636 }, fn('Ref', 'AWS::NoValue')]),
        },
        B: why('Two lines\nof reason', { Code: 'first\n\n  second\n', Empty: {}, None: [] }),
      },
    };
    expect(emit(body, 'Heading')).toBe(`# Heading
Resources:
  A:
    Cidr: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 4, 14]]
    Zone: !Select [1, !GetAZs '']
    Name: !Sub a-\${AWS::Region}
    Nested:
      Fn::Base64: !Sub x
    Choice: !If
      - Wanted
      - Port: 636
      - !Ref AWS::NoValue

  # Two lines
  # of reason
  B:
    Code: |
      first

        second
    Empty: {}
    None: []
`);
  });

  test('tells where each key and value is', () => {
    const lines = new Map<string, [number, number, number]>();
    const body = { Resources: { A: { List: fn('Fn::Join', [',', [fn('Ref', 'B'), 'c']]), Items: [{ Key: 'k' }] } } };
    const text = emit(body, '', (path, part, line, column, length) => {
      lines.set(`${part} ${path.join('/')}`, [line, column, length]);
    });
    const at = (key: string) => {
      const [line, column, length] = lines.get(key)!;
      return text.split('\n')[line - 1]!.slice(column - 1, column - 1 + length);
    };
    expect(at('key Resources/A/List')).toBe('List');
    expect(at('value Resources/A/List')).toBe("!Join [',', [!Ref B, c]]");
    expect(at('value Resources/A/List/Fn::Join/0')).toBe("','");
    expect(at('value Resources/A/List/Fn::Join/1/0')).toBe('!Ref B');
    expect(at('value Resources/A/List/Fn::Join/1/1')).toBe('c');
    expect(at('key Resources/A/Items/0/Key')).toBe('Key');
    expect(at('value Resources/A/Items/0/Key')).toBe('k');
  });
});
