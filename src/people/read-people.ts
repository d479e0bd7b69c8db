import { parseYaml } from '../config/parse-yaml.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { type PeopleDocument, readPeopleDocument } from '../functions/people/people-document.ts';

/**
 * Reads people.yaml: `groups` and `people`, by the rules that the function has.
 * @param file how findings name it
 * @throws Refusal PL9003 with everything that is wrong, and as `parseYaml` does
 */
export function readPeople(text: string, file: string): PeopleDocument {
  return checkedPeople(parseYaml(text, file).data, file);
}

/** The same of a value. */
export function checkedPeople(value: unknown, file: string): PeopleDocument {
  const read = readPeopleDocument(value, []);
  if ('document' in read) return read.document;
  const hint = 'docs/people.md shows what the file has.';
  throw new Refusal(read.faults.map((fault) => error({ code: 'PL9003', message: `${file}: ${fault}`, hint })));
}
