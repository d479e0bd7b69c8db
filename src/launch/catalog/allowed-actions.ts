import { HANDLER_PERMISSIONS } from '../../aws/generated/handler-permissions.ts';
import { refuse } from '../../diagnostics/refusal.ts';
import { isUnused } from './unused-permissions.ts';

/**
 * The actions of IAM that CloudFormation needs to make, update and delete resources of these types, sorted.
 * @throws Refusal PL5021 for a type whose permissions are not known, as of a release of a newer podlaunch
 */
export function allowedActions(types: Iterable<string>): readonly string[] {
  const actions = [...types].filter(isAws).flatMap(actionsOfType);
  return [...new Set(actions)].sort();
}

function actionsOfType(type: string): readonly string[] {
  const actions = HANDLER_PERMISSIONS[type];
  if (actions !== undefined) return actions.split(' ').filter((action) => action !== '' && !isUnused(type, action));
  throw refuse({
    code: 'PL5021',
    message: `What a role needs for ${type} is not known, and a release has it.`,
    hint: 'Use the podlaunch that the release was published with, or a newer one.',
  });
}

/** Custom resources are functions of the stack; what they do, their own roles allow. */
function isAws(type: string): boolean {
  return type.startsWith('AWS::');
}
