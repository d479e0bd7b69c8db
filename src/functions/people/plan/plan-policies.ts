import type { DirectoryState, FoundPolicy } from '../directory-state.ts';
import type { Change } from '../ldap/client.ts';
import type { Planned } from './act.ts';

/** For whom a policy of passwords is wanted, and what it says. */
export interface PolicyWish {
  /** Who they are, in words. */
  readonly who: string;
  /** DNs of their groups. */
  readonly groups: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

/** A length of time as Active Directory writes it: negative, in units of 100 ns. */
const minutes = (count: number) => String(-count * 600_000_000);
const NEVER = '-9223372036854775808';

/** Anybody can lock an account by wrong passwords, and with these two every login; their passwords are long. */
export const BIND_POLICY = { 'msDS-LockoutThreshold': '0', 'msDS-MaximumPasswordAge': NEVER };

/** Ten wrong passwords within 15 minutes lock a person out for 15 minutes; keys go on working. */
export const PEOPLE_POLICY = {
  'msDS-MinimumPasswordLength': '14',
  'msDS-LockoutThreshold': '10',
  'msDS-LockoutObservationWindow': minutes(15),
  'msDS-LockoutDuration': minutes(15),
};

/**
 * A policy of a managed directory as it is made: that of the domain. Without a threshold nothing follows from the times of
 * a lock-out. https://docs.aws.amazon.com/directoryservice/latest/admin-guide/supportedpolicysettings.html
 */
export const UNCHANGED_POLICY = {
  'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
  'msDS-PasswordHistoryLength': '24',
  'msDS-PasswordComplexityEnabled': 'TRUE',
  'msDS-MinimumPasswordLength': '7',
  'msDS-MinimumPasswordAge': minutes(24 * 60),
  'msDS-MaximumPasswordAge': minutes(42 * 24 * 60),
  'msDS-LockoutThreshold': '0',
};

/**
 * Gives each of these a policy. A managed directory has five that can be changed, whose precedence is fixed: the first of
 * the wishes gets the lower number, which counts where somebody is under both. One that applies to anybody else, or
 * that somebody has changed, is left as it is and told of. A directory that has none of them gets none.
 */
export function planPolicies(wishes: readonly PolicyWish[], { policies }: DirectoryState, planned: Planned): void {
  const taken = new Set<FoundPolicy>();
  for (const { who, groups, settings } of wishes.filter((wish) => wish.groups.length > 0)) {
    const wanted = groups.map((dn) => dn.toLowerCase());
    const theirs = policies.find(({ appliesTo }) => appliesTo.some((dn) => wanted.includes(dn)));
    if (theirs) {
      const missing = groups.filter((dn) => !theirs.appliesTo.includes(dn.toLowerCase()));
      const isOurs = theirs.appliesTo.every((dn) => wanted.includes(dn)) && has(theirs, settings);
      if (!isOurs)
        planned.notes.push(`The password policy ${theirs.name} is not podlaunch's; it stays in force for ${who}.`);
      else if (missing.length > 0) apply(theirs, who, [['add', APPLIES_TO, missing]], planned);
      continue;
    }
    const free = policies.filter((policy) => !taken.has(policy) && isFree(policy)).toSorted(byPrecedence)[0];
    if (free) {
      taken.add(free);
      const changes = Object.entries(settings).map(([name, value]): Change => ['replace', name, [value]]);
      apply(free, who, [...changes, ['add', APPLIES_TO, groups]], planned);
    } else if (policies.length > 0) {
      planned.notes.push(`No password policy is free for ${who}: all were changed, or apply to others.`);
    }
  }
}

const APPLIES_TO = 'msDS-PSOAppliesTo';

function apply({ dn, name }: FoundPolicy, who: string, changes: readonly Change[], planned: Planned): void {
  const words = [`let the password policy ${name} apply to ${who}`];
  planned.acts.push({ phase: 'policies', words, operation: { kind: 'modify', dn, changes } });
}

function isFree(policy: FoundPolicy): boolean {
  return /^CustomerPSO-0\d$/.test(policy.name) && policy.appliesTo.length === 0 && has(policy, UNCHANGED_POLICY);
}

function has({ settings }: FoundPolicy, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => settings.get(name.toLowerCase()) === value);
}

function byPrecedence(one: FoundPolicy, other: FoundPolicy): number {
  return one.precedence - other.precedence;
}
