/** Where people are. */
export interface DirectoryPlace {
  readonly domain: string;
  /** DN of the domain. */
  readonly base: string;
  /** DN of the unit of the short name, which Admin administers. */
  readonly root: string;
}

/** The place of a domain, and of the unit that has the short name in it. */
export function directoryPlace(domain: string, shortName: string): DirectoryPlace {
  const base = domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');
  return { domain, base, root: `OU=${escapeDn(shortName)},${base}` };
}

/** DN of an account or group with a name, where podlaunch makes it. */
export function dnOf({ root }: DirectoryPlace, unit: 'Users' | 'Groups', name: string): string {
  return `CN=${escapeDn(name)},OU=${unit},${root}`;
}

/** A value within a DN (RFC 4514, 2.4). */
export function escapeDn(value: string): string {
  return value
    .replaceAll(/[\\,+"<>;=]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replaceAll(/^[# ]|(?<=.) $/gs, '\\$&');
}
