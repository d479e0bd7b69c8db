import { refuse } from '../diagnostics/refusal.ts';
import { consoleHost } from './launch-region.ts';

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
 * A link that opens the console's form for a stack, filled in. The names of the query are case-sensitive:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
 * @throws Refusal PL5007 for a name that CloudFormation refuses, PL5008 for a URL that it refuses
 */
export function quickCreateUrl({ region, templateUrl, stackName, parameters }: QuickCreate): string {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stackName)) {
    const hint =
      'Use letters, digits and hyphens, a letter first, at most 128: see --stack-name, and project.name in podlaunch.yaml.';
    throw refuse({ code: 'PL5007', message: `${JSON.stringify(stackName)} cannot be the name of a stack.`, hint });
  }
  if (templateUrl.length > MAX_TEMPLATE_URL) {
    const message = `The URL of the template has ${templateUrl.length} characters, CloudFormation takes ${MAX_TEMPLATE_URL}.`;
    throw refuse({
      code: 'PL5008',
      message,
      hint: 'Publish below a shorter prefix, or give the release a shorter version.',
    });
  }
  const query = [
    ['templateURL', templateUrl],
    ['stackName', stackName],
    ...Object.entries(parameters).map(([name, value]) => [`param_${name}`, value]),
  ];
  const filledIn = query.map(([name, value]) => `${name}=${percentEncode(value!)}`).join('&');
  return `https://${consoleHost(region)}/cloudformation/home?region=${region}#/stacks/create/review?${filledIn}`;
}

/** Encodes a value so that it can be in a query, and the whole link in Markdown and HTML. */
function percentEncode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
