import { refuse } from '../../diagnostics/refusal.ts';

/** Units of AWS Organizations, with all accounts that are in them now and later, or accounts one by one. */
export interface Accounts {
  readonly kind: 'units' | 'accounts';
  readonly ids: readonly string[];
}

/** What identifies each: https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
const FORMS = {
  units: /^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
  accounts: /^[0-9]{12}$/,
} as const;

/**
 * The accounts of a stack set, each once.
 * @throws Refusal PL5024 for none, both, or an id that is none
 */
export function stackSetAccounts({
  units = [],
  accounts = [],
}: {
  readonly units?: readonly string[];
  readonly accounts?: readonly string[];
}): Accounts {
  if ((units.length === 0) === (accounts.length === 0)) {
    throw unclear(
      units.length === 0
        ? 'No account is given for the stack set.'
        : 'A stack set is for units or for accounts, not both.',
    );
  }
  const kind = units.length > 0 ? 'units' : 'accounts';
  const ids = [...new Set([...units, ...accounts])];
  const wrong = ids.find((id) => !FORMS[kind].test(id));
  if (wrong === undefined) return { kind, ids };
  throw unclear(
    `${JSON.stringify(wrong)} is not a valid id of ${kind === 'units' ? 'an organizational unit' : 'an account'}.`,
  );
}

function unclear(message: string): Error {
  return refuse({
    code: 'PL5024',
    message,
    hint: 'Give units of an organization (--unit ou-ab12-11111111, the whole of it: --unit r-ab12), or accounts (--account 111122223333).',
  });
}
