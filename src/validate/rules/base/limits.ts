import type { Path } from '../../../diagnostics/diagnostic.ts';
import type { Json } from '../../../document/template-document.ts';
import { objectAt } from '../../model/model.ts';
import type { Check, Hit } from './rule.ts';

const MAX_NAME = 255;
const MAX_PARAMETER_VALUE = 4096;

/** A section with more entries than CloudFormation takes. */
export function tooMany(section: string, most: number): Check {
  return function* ({ root }) {
    const count = Object.keys(objectAt(root, section)).length;
    if (count > most)
      yield { message: `${section} has ${count} entries, more than ${most}.`, path: [section], part: 'key' };
  };
}

/** Names of a section's entries that are longer than CloudFormation takes. */
export function longNames(section: string): Check {
  return function* ({ root }) {
    for (const name of Object.keys(objectAt(root, section)))
      if (name.length > MAX_NAME)
        yield {
          message: `A name in ${section} has ${name.length} characters, more than ${MAX_NAME}.`,
          path: [section, name],
          part: 'key',
        };
  };
}

/** A text with more bytes than CloudFormation takes. */
export function* tooLong(value: Json | undefined, path: Path, most: number): Generator<Hit> {
  const size = typeof value === 'string' ? Buffer.byteLength(value) : 0;
  if (size > most) yield { message: `${path.join('.')} has ${size} bytes, more than ${most}.`, path };
}

/** A parameter's value with more bytes than CloudFormation takes. */
export function* tooLongValue(value: Json | undefined, path: Path): Generator<Hit> {
  yield* tooLong(value, path, MAX_PARAMETER_VALUE);
}
