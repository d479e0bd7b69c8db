/** What a change set does to one resource. */
export interface StackChange {
  readonly action: 'add' | 'modify' | 'remove' | 'import' | 'dynamic';
  readonly id: string;
  readonly type: string;
  /** Whether the resource is made anew: surely, perhaps, or not. */
  readonly replaced: 'yes' | 'maybe' | 'no';
  /** What becomes of the old one where it is removed or replaced. */
  readonly old?: 'deleted' | 'kept' | 'snapshot';
  /** What changes it: `Tags`, `Properties.CidrBlock (from the parameter VpcCidr)`. */
  readonly causes: readonly string[];
  /** The changes of a nested stack. */
  readonly nested?: readonly StackChange[];
}

/** All changes, those of nested stacks among them. */
export function allChanges(changes: readonly StackChange[]): readonly StackChange[] {
  return changes.flatMap((change) => [change, ...allChanges(change.nested ?? [])]);
}
