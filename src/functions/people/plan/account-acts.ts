import { FLAGS, type FoundAccount } from '../directory-state.ts';
import type { Change } from '../ldap/client.ts';
import type { Act } from './act.ts';

/**
 * Enables an account that never had a password: Active Directory demands that it gets one. Nobody knows it. AWS enables an
 * account whose password it sets; where it did not, the next look at the directory shows it. It needs no words where those of
 * the account's making tell it; where it is all that is left to do, a plan without words would look like nothing to do.
 */
export function firstPassword(name: string, words: readonly string[] = []): Act {
  return { phase: 'passwords', words, operation: { kind: 'password', name } };
}

/** Gives an account the flags of one that is enabled. */
export function enable(dn: string, flags: number, words: readonly string[]): Act {
  return { phase: 'enable', words, operation: { kind: 'modify', dn, changes: [flagsAre(flags)] } };
}

export function disable({ name, dn, flags }: FoundAccount): Act {
  const changes = [flagsAre(flags | FLAGS.disabled)];
  return { phase: 'change', words: [`disable ${name}`], operation: { kind: 'modify', dn, changes } };
}

function flagsAre(flags: number): Change {
  return ['replace', 'userAccountControl', [String(flags)]];
}
