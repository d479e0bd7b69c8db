import type { Change as SdkChange } from '@aws-sdk/client-cloudformation';
import type { StackChange } from './changes.ts';

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
