import { type Element, numberOf, readElements } from './ber.ts';

/** Results of RFC 4511, 4.1.9, that the function knows what to do about. */
export const RESULT = {
  noSuchAttribute: 16,
  valueExists: 20,
  noSuchObject: 32,
  invalidCredentials: 49,
  insufficientRights: 50,
  unwilling: 53,
  entryExists: 68,
} as const;

/** An answer other than success. */
export class LdapError extends Error {
  readonly code: number;
  /** Active Directory's reason behind a refused bind, such as 532 for a password that has expired; else empty. */
  readonly data: string;

  constructor(code: number, message: string) {
    super(
      `LDAP result ${code}: ${message
        .replaceAll(/[\0-\x1f\x7f]+/g, ' ')
        .trim()
        .slice(0, 200)}`,
    );
    this.code = code;
    this.data = /\bdata ([0-9a-f]+)/i.exec(message)?.[1]?.toLowerCase() ?? '';
  }
}

/** Whether it is an answer with one of these results. */
export function isResult(thrown: unknown, ...codes: readonly number[]): thrown is LdapError {
  return thrown instanceof LdapError && codes.includes(thrown.code);
}

/** The error that an LDAPResult is; undefined where it is a success. */
export function errorOf(body: Buffer): LdapError | undefined {
  const [code, , text] = readElements(body) as [Element, Element, Element];
  const number = numberOf(code.body);
  return number === 0 ? undefined : new LdapError(number, text.body.toString());
}
