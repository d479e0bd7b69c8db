/**
 * A password that Active Directory takes: 32 characters of all four classes. Left out is what JSON, LDAP's DN syntax or a
 * shell would have to escape. Frozen (test/stacks/frozen.test.ts): any change makes CloudFormation write a new password
 * into secrets that exist, which the directory does not know.
 */
export const GENERATED_PASSWORD = {
  PasswordLength: 32,
  RequireEachIncludedType: true,
  ExcludeCharacters: '"\'\\`$ ',
} as const;
