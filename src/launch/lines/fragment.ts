/** What the address of the page says after its `#`: what somebody chose who hands the address on. */
export interface Choices {
  readonly region?: string | undefined;
  readonly stack?: string | undefined;
  readonly version?: string | undefined;
  readonly stackName?: string | undefined;
  /** Values of fields, by name. */
  readonly values: Readonly<Record<string, string>>;
}

/** The longest fragment that is read. */
const MOST = 8192;

const PREFIX = 'p.';

/** Reads a fragment; what is in it is anybody's text, and is not checked here. */
export function readFragment(fragment: string): Choices {
  const pairs = fragment.length > MOST ? [] : [...new URLSearchParams(fragment.replace(/^#/, ''))];
  const one = (name: string) => pairs.find(([key]) => key === name)?.[1];
  return {
    region: one('region'),
    stack: one('stack'),
    version: one('version'),
    stackName: one('name'),
    values: Object.fromEntries(
      pairs.filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => [key.slice(PREFIX.length), value]),
    ),
  };
}

/** The fragment of choices, without `#`; empty where nothing is chosen. */
export function writeFragment({ region, stack, version, stackName, values }: Choices): string {
  const pairs = Object.entries({ region, stack, version, name: stackName }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const chosen = Object.entries(values).map(([name, value]): [string, string] => [`${PREFIX}${name}`, value]);
  return new URLSearchParams([...pairs, ...chosen]).toString();
}
