import type { ResourceOptions } from './template.ts';

/**
 * What becomes of a resource with data when its stack goes: kept, except after a creation that failed
 * (RetainExceptOnCreate), and kept when an update replaces it. `retain: false` deletes it. There is no
 * `DeletionPolicy: Snapshot` for FSx or AWS Managed Microsoft AD.
 */
export function retention(retain: boolean): Pick<ResourceOptions, 'deletionPolicy' | 'updateReplacePolicy'> {
  return retain
    ? { deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' }
    : { deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' };
}

/**
 * The same for a database, of which a last snapshot is kept when it goes or is replaced. A database that was kept as it
 * is would cost on, and keep its subnets from going. `retain: false` keeps nothing.
 */
export function lastSnapshot(retain: boolean): Pick<ResourceOptions, 'deletionPolicy' | 'updateReplacePolicy'> {
  return retain
    ? { deletionPolicy: 'Snapshot', updateReplacePolicy: 'Snapshot' }
    : { deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' };
}
