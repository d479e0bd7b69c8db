import type { Config, GivenConfig } from './config.ts';
import { DEFAULTS, ENTRY_DEFAULTS } from './generated/defaults.ts';

export { DEFAULTS };

/**
 * Fills in what a configuration leaves out. A list is taken as it is given: its entries are not mixed with those of the
 * default, but each gets the defaults of an entry. Checks nothing: `parseConfig` does.
 */
export function withDefaults(given: GivenConfig): Config {
  return filled(given, DEFAULTS, '') as Config;
}

function filled(given: unknown, defaults: unknown, path: string): unknown {
  if (given === undefined) return defaults;
  if (Array.isArray(given)) return path in ENTRY_DEFAULTS ? given.map((one) => entry(one, path)) : given;
  if (!isMapping(given)) return given;
  const known = isMapping(defaults) ? defaults : {};
  const keys = Object.keys({ ...known, ...given });
  return Object.fromEntries(
    keys
      .map((key) => [key, filled(given[key], known[key], path === '' ? key : `${path}.${key}`)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function entry(given: unknown, list: string): unknown {
  return filled(given, ENTRY_DEFAULTS[list], `${list}[]`);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
