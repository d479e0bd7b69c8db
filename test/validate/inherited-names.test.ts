import { expect, test } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { ALL_RULES } from '../../src/validate/rules/index.ts';
import { validate } from '../../src/validate/validate.ts';

/**
 * A key with a plain value, or an entry of a list with what is before it. A key begins where a word does: some examples
 * are a word of a megabyte.
 */
const VALUE = /(?<before>(?<![\w.])[\w.]+: |[[,-] )(?<value>['"]?[\w.*!/-][\w.*:/-]*['"]?)(?=\s*[,}\]\n])/g;

/**
 * The examples of rules in which `constructor`, which every object inherits, takes the place of one value. Of templates
 * with the same types, each key is tried once.
 */
function templates(): readonly string[] {
  const found = new Map<string, string>();
  for (const { bad } of ALL_RULES)
    for (const example of bad) {
      const text = example.replaceAll(' # <-', '');
      const types = [...text.matchAll(/Type: \w+::.*/g)].join();
      for (const { 0: written, index, groups } of text.matchAll(VALUE)) {
        const { before = '' } = groups ?? {};
        const changed = `${text.slice(0, index)}${before}constructor${text.slice(index + written.length)}`;
        if (!found.has(types + before)) found.set(types + before, changed);
      }
    }
  return [...found.values()];
}

test('no table of a rule has what every object inherits', () => {
  const all = templates();
  expect(all.length).toBeGreaterThan(500);
  const broken = all.flatMap((text) => {
    try {
      validate(readTemplate(text, 't.yaml'));
      return [];
    } catch (thrown) {
      return [`${String(thrown)} in ${text.slice(0, 1000)}`];
    }
  });
  expect(broken).toEqual([]);
});
