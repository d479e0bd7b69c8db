import { isTakenName } from '../lib/person-name.ts';

/** Why no group may have this name. */
export function faultOfGroupName(name: string): string | undefined {
  if (name.length < 1 || name.length > 64) return 'is not a name of 1 to 64 characters';
  if (/["/\\[\]:;|=,+*?<>@#\x00-\x1f\x7f]/.test(name))
    return 'has a character that the directory or sudo does not take';
  if (/^\s|[\s.]$/.test(name)) return 'begins or ends with a blank, or ends with a dot';
  if (!/\p{L}/u.test(name)) return 'has no letter, and would be taken for a number';
  if (isTakenName(name)) return 'is a name that nodes or the directory have themselves';
  return undefined;
}
