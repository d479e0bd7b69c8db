import type { Change as SdkChange } from '@aws-sdk/client-cloudformation';

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

const OLD = { Delete: 'deleted', Retain: 'kept', Snapshot: 'snapshot' } as const;

/** A change as CloudFormation tells it. */
export function changeOf({ ResourceChange: change = {} }: SdkChange, nested?: readonly StackChange[]): StackChange {
  const {
    Action = 'Modify',
    LogicalResourceId = '',
    ResourceType = '',
    Replacement,
    Scope = [],
    Details = [],
  } = change;
  const policy = (change.PolicyAction ?? '').replace('ReplaceAnd', '');
  const replaced = Replacement === 'True' ? 'yes' : Replacement === 'Conditional' ? 'maybe' : 'no';
  const isGone = Action === 'Remove' || replaced !== 'no';
  const old = OLD[policy as keyof typeof OLD] ?? 'deleted';
  const causes = Details.map(({ Target, CausingEntity }) => {
    const place = [Target?.Attribute, Target?.Name].filter((part) => part !== undefined && part !== '').join('.');
    return CausingEntity ? `${place} (from ${CausingEntity})` : place;
  });
  return {
    action: Action.toLowerCase() as StackChange['action'],
    id: LogicalResourceId,
    type: ResourceType,
    replaced,
    ...(isGone && { old }),
    causes: [...new Set(causes.length > 0 ? causes : Scope)],
    ...(nested && { nested }),
  };
}

/** All changes, those of nested stacks among them. */
export function allChanges(changes: readonly StackChange[]): readonly StackChange[] {
  return changes.flatMap((change) => [change, ...allChanges(change.nested ?? [])]);
}
