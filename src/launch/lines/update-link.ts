import { percentEncode, type QuickCreateLink } from './quick-create-link.ts';

/**
 * A link that opens the console's form for the update of a stack with another template. Values it fills in none: the
 * form shows those that the stack has. AWS does not document the form of this link; others have used it for years.
 */
export function updateLink({
  consoleHost,
  region,
  templateUrl,
  stackName,
}: Omit<QuickCreateLink, 'parameters'>): string {
  const query = `stackId=${percentEncode(stackName)}&templateURL=${percentEncode(templateUrl)}`;
  return `https://${consoleHost}/cloudformation/home?region=${region}#/stacks/update/template?${query}`;
}
