import { refuse } from '../../diagnostics/refusal.ts';

/** Who is to read a release. */
export type Audience =
  | { readonly kind: 'public' }
  | { readonly kind: 'org'; readonly organization: string }
  | { readonly kind: 'accounts'; readonly accounts: readonly string[] };

/**
 * Reads `public`, `org:o-a1b2c3d4e5` or `accounts:111122223333,444455556666`.
 * @throws Refusal PL4016 for anything else
 */
export function parseAudience(text: string): Audience {
  if (text === 'public') return { kind: 'public' };
  const organization = /^org:(o-[a-z0-9]{10,32})$/.exec(text)?.[1];
  if (organization) return { kind: 'org', organization };
  const accounts = /^accounts:([0-9]{12}(?:,[0-9]{12})*)$/.exec(text)?.[1];
  if (accounts) return { kind: 'accounts', accounts: [...new Set(accounts.split(','))].sort() };
  throw refuse({
    code: 'PL4016',
    message: `${JSON.stringify(text)} is not a valid audience.`,
    hint: 'Use public, org:o-a1b2c3d4e5 (an AWS organization) or accounts:111122223333,444455556666.',
  });
}
