import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that is a whole number; what is none is a usage error. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

/** Adds `NAME=VALUE` to the values of an option that may be given several times; a usage error for what is none, or twice the same name. */
export function keyAndValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must have the form NAME=VALUE.');
  const name = text.slice(0, at);
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: text.slice(at + 1) };
}

/** Reads a list with commas between its items. */
export function commaList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

/** Adds a value to those of an option that may be given several times. */
export function another(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
