import type { Config } from '../config/config.ts';

/** What of a configuration makes the templates; not where they are published, nor what is on the publisher's machine. */
export function builtFrom({ publish, release, page, lifecycleScripts, validate, ...settings }: Config): object {
  return settings;
}
