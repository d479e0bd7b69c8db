import { type KnownValues, resolved as worked } from '../../src/document/resolved.ts';

export type Given = KnownValues;

/** A part of a template with its functions worked out, as data that a test looks into. */
export function resolved(template: unknown, part: unknown, given?: Given): any {
  return worked(template, part, given);
}
