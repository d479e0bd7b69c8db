import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Refusal, refuse, throwFaults } from '../diagnostics/refusal.ts';
import type { Config, GivenConfig } from './config.ts';
import { crossFaults } from './cross-checks.ts';
import { DEFAULTS, withDefaults } from './defaults.ts';
import { CONFIG_FILE, findConfig } from './find-config.ts';

/** A configuration of any use is much smaller. */
const MAX_BYTES = 1_000_000;

/**
 * Loads the configuration: the named file, else what `findConfig` finds for the folder, else the defaults.
 * @param file as the user wrote it, relative to `cwd`
 * @throws Refusal with every fault found, each with its place in the file, and those of `findConfig`
 */
export async function loadConfig(file: string | undefined, cwd: string): Promise<Config> {
  const name = file ?? findConfig(cwd);
  if (name === undefined) return DEFAULTS;
  const config = await parseConfig(readText(resolve(cwd, name), name), name);
  return relocated(config, dirname(name));
}

/**
 * Reads the text of a podlaunch.yaml, checks it, and fills in the defaults.
 * @throws Refusal with every fault found, each with its place in the file
 */
export async function parseConfig(text: string, file: string = CONFIG_FILE): Promise<Config> {
  const [{ parseYaml }, { schemaFaults }, { spanAt }] = await Promise.all([
    import('./parse-yaml.ts'),
    import('./schema-faults.ts'),
    import('./yaml-text.ts'),
  ]);
  const { yaml, data } = parseYaml(text, file);
  const given = data ?? {};
  const faults = schemaFaults(given, yaml);
  throwFaults(faults);
  const config = withDefaults(given as GivenConfig);
  const crossed = crossFaults(config).map((fault) => ({ ...fault, span: spanAt(yaml, fault.path) }));
  throwFaults(crossed);
  return config;
}

/** Paths in the file are relative to it; what is handed on is relative to where the command runs. */
function relocated(config: Config, folder: string): Config {
  const { lifecycleScripts, publish, page } = config;
  const from = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  const relativeTo = publish.to !== undefined && /^\.\.?(?:[\\/]|$)/.test(publish.to) ? from(publish.to) : undefined;
  return {
    ...config,
    ...(lifecycleScripts !== undefined && { lifecycleScripts: from(lifecycleScripts) }),
    page: { ...page, ...(page.logo !== undefined && { logo: from(page.logo) }) },
    publish: { ...publish, ...(relativeTo !== undefined && { to: dotted(relativeTo) }) },
  };
}

/** A relative path that begins with a dot, as folders to publish to must. */
function dotted(path: string): string {
  return isAbsolute(path) || path.startsWith('..') ? path : `./${path}`;
}

/** The text of the file, if it is one. */
function readText(path: string, name: string): string {
  if (!existsSync(path)) {
    const hint = 'Check the path; podlaunch init writes a new one.';
    throw refuse({ code: 'PL1001', message: `The file ${name} does not exist.`, hint });
  }
  const { size } = statSync(path);
  if (statSync(path).isDirectory()) throw notText(name, 'is a folder');
  if (size > MAX_BYTES) throw notText(name, `has ${size} bytes, more than ${MAX_BYTES}`);
  const bytes = readFileSync(path);
  if (!isUtf8(bytes) || bytes.includes(0)) throw notText(name, 'is not UTF-8 text');
  const text = bytes.toString('utf8');
  if (text.trim() === '') throw notText(name, 'is empty');
  return text;
}

function notText(file: string, what: string): Refusal {
  const span = { file, line: 1, column: 1, length: 1 };
  const hint = 'Check the name of the file. podlaunch init --config FILE writes a new one.';
  return refuse({ code: 'PL1002', message: `${file} ${what}.`, span, hint });
}
