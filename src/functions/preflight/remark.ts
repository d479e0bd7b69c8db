/** What preflight says: a launch would be refused, or may be. */
export interface Remark {
  readonly level: 'refusal' | 'warning';
  readonly text: string;
}

export function refusal(text: string): Remark {
  return { level: 'refusal', text };
}

export function doubt(text: string): Remark {
  return { level: 'warning', text };
}

/** What was asked of AWS: its answer, or why there is none. */
export type Heard<T> = { readonly known: T } | { readonly unknown: string };

/** What a check says of an answer. No answer is a warning: nobody should wait for what cannot be found out. */
export function about<T>(subject: string, asked: Heard<T>, check: (known: T) => readonly Remark[]): readonly Remark[] {
  if ('known' in asked) return check(asked.known);
  return [doubt(`Not known: ${subject} (${asked.unknown}).`)];
}

/** A quota as AWS has it. */
export interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  readonly value: number;
}

/** Its name, its code, and the page on which more can be asked for. */
export function quotaWords({ service, code, name }: Quota, region: string): string {
  return `Ask for more of the quota "${name}" (${code}): ${quotaPage(region, service, code)}`;
}

/** The page of a quota in the console of the region's partition. */
export function quotaPage(region: string, service: string, code: string): string {
  return `https://${consoleHost(region)}/servicequotas/home/services/${service}/quotas/${code}`;
}

/** The page of AWS Support in the console of the region's partition. */
export function supportPage(region: string): string {
  return `https://${consoleHost(region)}/support/home`;
}

function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return `${region}.console.aws.amazon.com`;
}
