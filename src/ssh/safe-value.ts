import { refuse } from '../diagnostics/refusal.ts';

/**
 * What may be in an entry of ~/.ssh/config, by what it is. ssh hands a ProxyCommand to a shell, and a line break begins
 * another entry: so nothing goes in but what has the form of its kind.
 */
const FORMS = {
  region: /^[a-z]{2}(-[a-z]+)+-[0-9]+$/,
  cluster: /^[a-z0-9]+$/,
  group: /^[A-Za-z0-9](?:-*[A-Za-z0-9])*$/,
  instance: /^i-[0-9a-f]+$/,
  document: /^[A-Za-z0-9_.-]{3,128}$/,
  address: /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/,
  endpoint: /^eice-[0-9a-f]+$/,
  user: /^[A-Za-z_][A-Za-z0-9._-]{0,63}$/,
} as const;

export type ValueKind = keyof typeof FORMS;

/** A value as it goes into an entry. @throws Refusal PL9302 for one that has not the form of its kind */
export function safe(kind: ValueKind, value: string | undefined): string {
  if (value !== undefined && FORMS[kind].test(value)) return value;
  throw refuse({
    code: 'PL9302',
    message: `${JSON.stringify(value ?? '')} is not a valid ${kind}: it does not go into ~/.ssh/config.`,
    hint: 'Check that the stack is your own. Someone who can write its outputs could run a command on your computer by such a value.',
  });
}
