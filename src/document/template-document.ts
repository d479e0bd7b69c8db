import type { Diagnostic, Path, Span } from '../diagnostics/diagnostic.ts';

/** A JSON value: how CloudFormation sees a template, intrinsics in their long form (`{"Fn::GetAtt": ["Vpc", "CidrBlock"]}`). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Entries of sections that were read before: their values, by their text from the key on. Reading adds to it. */
export type ReadEntries = Map<string, Json>;

/**
 * A template as text, as data, and the way from one to the other. `compile` makes it of the stacks, `validate` reads
 * it from a file; every rule of validation works on this and knows no other form.
 */
export interface TemplateDocument {
  /** Name of the file with the text, as the user would write it. */
  readonly file: string;
  readonly text: string;
  /** The whole template; undefined when the text could not be read at all (`syntax` says why). */
  readonly value: Json | undefined;
  /** What reading the text found wrong (broken YAML, duplicate keys, unknown tags). Empty for compiled templates. */
  readonly syntax: readonly Diagnostic[];
  /** Where the value at a path is, or its key with `part: 'key'`; the nearest enclosing place that is known. */
  span(path: Path, part?: 'key' | 'value'): Span;
  /** The values of other templates that this one names by a local path, by that path; undefined where they were not read. */
  readonly beside?: ReadonlyMap<string, Json>;
  /** The place in podlaunch's TypeScript that wrote the value; undefined for a template read from a file. */
  source?(path: Path): { readonly file: string; readonly line: number } | undefined;
}
