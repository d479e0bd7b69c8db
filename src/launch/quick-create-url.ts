import { refuse } from '../diagnostics/refusal.ts';
import { consoleHost } from './launch-region.ts';
import { isStackName, quickCreateLink } from './lines/quick-create-link.ts';
import { updateLink } from './lines/update-link.ts';

/** CloudFormation's limit for the URL of a template. */
const MAX_TEMPLATE_URL = 1024;

/** What a quick-create link can fill in. */
export interface QuickCreate {
  readonly region: string;
  readonly templateUrl: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A link that opens the console's form for a stack, filled in, after checking what CloudFormation would refuse.
 * @throws Refusal PL5007 for a name that CloudFormation refuses, PL5008 for a URL that it refuses
 */
export function quickCreateUrl(link: QuickCreate): string {
  checkLink(link);
  return quickCreateLink({ consoleHost: consoleHost(link.region), ...link });
}

/** A link that opens the console's form for the update of a stack, checked in the same way. @throws Refusal as `quickCreateUrl` */
export function updateUrl(link: Omit<QuickCreate, 'parameters'>): string {
  checkLink(link);
  return updateLink({ consoleHost: consoleHost(link.region), ...link });
}

function checkLink({ stackName, templateUrl }: Pick<QuickCreate, 'stackName' | 'templateUrl'>): void {
  checkStackName(stackName);
  if (templateUrl.length > MAX_TEMPLATE_URL) {
    const message = `The URL of the template has ${templateUrl.length} characters, CloudFormation takes ${MAX_TEMPLATE_URL}.`;
    throw refuse({
      code: 'PL5008',
      message,
      hint: 'Publish below a shorter prefix, or give the release a shorter version.',
    });
  }
}

/** @throws Refusal PL5007 for a name that CloudFormation refuses */
export function checkStackName(stackName: string): void {
  if (isStackName(stackName)) return;
  const hint =
    'Use letters, digits and hyphens, a letter first, at most 128: see --stack-name, and project.name in podlaunch.yaml.';
  throw refuse({ code: 'PL5007', message: `${JSON.stringify(stackName)} cannot be the name of a stack.`, hint });
}
