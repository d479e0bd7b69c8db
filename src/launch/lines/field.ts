/** A parameter of a template as the page's form asks for it. */
export interface PageField {
  readonly name: string;
  /** The most characters; what is longer is refused before its pattern is tried. */
  readonly most: number;
  readonly least?: number;
  /** A pattern that is tried on the whole value. */
  readonly pattern?: string;
  /** The values to choose from. */
  readonly values?: readonly string[];
  /** The limits of a number. */
  readonly range?: readonly [number, number];
  readonly default?: string;
  /** What the template says of a value that it does not take. */
  readonly advice: string;
  /** Whether it may only be in command lines: what says who the launcher is goes into no link. */
  readonly personal?: true;
}

/** The values of fields that nobody has changed. */
export function defaultsOf(fields: readonly PageField[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name, default: value = '' }) => [name, value]));
}

/**
 * Whether a field takes a value, by the rules of its template. Lengths come first: a pattern is tried on no text that is
 * longer than the field allows.
 */
export function takes({ most, least = 0, pattern, values, range }: PageField, value: string): boolean {
  if (value.length > most || value.length < least || /[\x00-\x1f\x7f]/.test(value)) return false;
  if (values) return values.includes(value);
  if (range) return /^-?[0-9]{1,15}$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1];
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value);
}
