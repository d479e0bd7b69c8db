import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTemplate } from '../../src/document/read/load-template.ts';
import { validate } from '../../src/validate/validate.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/templates');
const files = (folder: string): string[] => readdirSync(join(FOLDER, folder)).sort();
const expected: Record<string, string[]> = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'));

/** `E3002 7:7 "Propertys"`: code, place, and the text that the span covers. */
async function shown(file: string): Promise<string[]> {
  const document = await loadTemplate(join(FOLDER, file), file);
  const lines = document.text.split('\n');
  return validate(document).map(({ code, span }) => {
    const { line, column, length } = span!;
    return `${code} ${line}:${column} ${lines[line - 1]!.slice(column - 1, column - 1 + length)}`;
  });
}

describe('good templates', () => {
  test.each(files('good'))('%s: nothing is found', async (name) => {
    expect(await shown(`good/${name}`)).toEqual([]);
  });
});

describe('bad templates', () => {
  test.each(files('bad'))('%s: these codes, at these places', async (name) => {
    expect(await shown(`bad/${name}`)).toEqual(expected[name]);
  });

  test('every finding has a code, a message and a place; every error says what to do or names what is wrong', async () => {
    for (const name of files('bad')) {
      for (const finding of validate(await loadTemplate(join(FOLDER, 'bad', name)))) {
        expect(finding.code).toMatch(/^(?:[EWI]\d{4}|PL3\d{3})$/);
        expect(finding.message).toMatch(/[.!?]$/);
        expect(finding.span).toBeDefined();
      }
    }
  });
});
