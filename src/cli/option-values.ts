import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that is a whole number; what is none is a usage error. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
