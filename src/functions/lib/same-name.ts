/** How two names are compared: Active Directory takes é for e, and A for a. */
export function sameName(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
