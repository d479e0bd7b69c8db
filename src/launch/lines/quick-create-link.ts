/** What a quick-create link opens, and where. */
export interface QuickCreateLink {
  /** Host of the console for the region. */
  readonly consoleHost: string;
  readonly region: string;
  readonly templateUrl: string;
  readonly stackName: string;
  /** Values to fill in. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Whether CloudFormation takes a name for a stack. */
export function isStackName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name);
}

/**
 * A link that opens the console's form for a stack, filled in. The names of the query are case-sensitive:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
 */
export function quickCreateLink({ consoleHost, region, templateUrl, stackName, parameters }: QuickCreateLink): string {
  const query = [
    ['templateURL', templateUrl],
    ['stackName', stackName],
    ...Object.entries(parameters).map(([name, value]) => [`param_${name}`, value]),
  ];
  const filledIn = query.map(([name, value]) => `${name}=${percentEncode(value!)}`).join('&');
  return `https://${consoleHost}/cloudformation/home?region=${region}#/stacks/create/review?${filledIn}`;
}

/** Encodes a value so that it can be in a query, and the whole link in Markdown and HTML. */
export function percentEncode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
