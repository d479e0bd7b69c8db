/** What the directory has of people now, as far as it matters to a plan. */

/** A group, and what an account has in common with one. */
export interface FoundGroup {
  readonly dn: string;
  readonly name: string;
  readonly guid: string;
  /** adminDescription: the mark of what podlaunch made or took over. Nobody can write it on their own account. */
  readonly mark: string;
  /** It is, or was, an administrator of the domain, or one of their groups (adminCount). */
  readonly isProtected: boolean;
}

/** An account of a person or of nodes. */
export interface FoundAccount extends FoundGroup {
  /** userAccountControl. */
  readonly flags: number;
  readonly hasPassword: boolean;
  /** Values of altSecurityIdentities. */
  readonly identities: readonly string[];
  /** DNs of groups, in lower case. */
  readonly memberOf: readonly string[];
}

/** A fine-grained policy of passwords. */
export interface FoundPolicy {
  readonly dn: string;
  readonly name: string;
  /** Where two apply, the one with the lower number counts. */
  readonly precedence: number;
  /** By attribute, in lower case. */
  readonly settings: ReadonlyMap<string, string>;
  /** DNs of groups and accounts, in lower case. */
  readonly appliesTo: readonly string[];
}

/** The accounts and groups that carry one of podlaunch's marks, and everything else that has one of the names asked for. */
export interface DirectoryState {
  /** DNs of the organizational units below the one of the short name, in lower case. */
  readonly units: ReadonlySet<string>;
  /** By sameName of their names. */
  readonly accounts: ReadonlyMap<string, FoundAccount>;
  readonly groups: ReadonlyMap<string, FoundGroup>;
  /** The names, by sameName too, of what is neither an account nor a group: computers, for example. */
  readonly others: ReadonlySet<string>;
  readonly policies: readonly FoundPolicy[];
}

export const PERSON_MARK = 'podlaunch:1';
export const BIND_MARK = 'podlaunch:bind:1';

/** Of userAccountControl. */
export const FLAGS = { disabled: 0x2, normal: 0x200, neverExpires: 0x10000 } as const;
