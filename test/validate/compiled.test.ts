import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';
import { VARIANTS } from '../support/compiled-variants.ts';

test.each(VARIANTS)('nothing is found in what compile emits: %s', (_, templates) => {
  expect(templates.flatMap((template) => validate(template)).filter(isFault)).toEqual([]);
});

test.each(VARIANTS)('the text is read back as the same template: %s', (_, templates) => {
  for (const { text, file, value } of templates) {
    const read = readTemplate(text, file);
    expect(read.syntax).toEqual([]);
    expect(read.value).toEqual(value);
    expect(validate(read).filter(isFault)).toEqual([]);
  }
});

/** That a template is too large to be sent without a bucket is not a fault. */
function isFault({ code }: Diagnostic): boolean {
  return code !== 'PL3020';
}
