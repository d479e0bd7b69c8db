import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emit } from '../../src/compile/emit.ts';
import { jsonDocument } from '../support/json-trees.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

const READ_ALL = `
import json, sys, yaml
print(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))
`;

describe.skipIf(!hasPython())('emit, read by PyYAML', () => {
  test('is read back unchanged', async () => {
    const python = await pythonTool('awscli', 'python');
    const documents = fc.sample(jsonDocument, 2000);
    const texts = JSON.stringify(documents.map((document) => emit(document, 'heading')));
    const read = JSON.parse(execFileSync(python, ['-c', READ_ALL], { input: texts, maxBuffer: 1e9 }).toString());
    expect(read).toHaveLength(2000);
    for (const [index, document] of documents.entries()) expect(read[index] ?? {}).toEqual(document);
  });
});
