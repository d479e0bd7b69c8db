import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { capPerCode } from '../diagnostics/cap.ts';
import { type Diagnostic, info } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { writeFiles } from '../files/write-files.ts';
import type { EngineName } from './run-engines.ts';
import type { Accept } from './validate.ts';

/** What a baseline keeps of a finding: where it is in the data, not in the text, and a part of the hash of its message. */
interface Entry {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** A file of findings that were there before: they are accepted, and only new ones are reported. */
interface BaselineFile {
  readonly version: 1;
  /** What checked the templates: what another engine finds is not missed where that did not run. */
  readonly engines: readonly EngineName[];
  readonly files: Readonly<Record<string, readonly Entry[]>>;
}

/** A baseline that is being compared with what is found. */
export interface Baseline {
  /** Whether a finding is in it. */
  readonly accepts: Accept;
  /** Says what it has and was not found again in these files. */
  stale(files: readonly string[], engines: readonly EngineName[]): readonly Diagnostic[];
}

/**
 * Reads a baseline.
 * @param name of the file, relative to `cwd`, as findings' files are
 * @throws Refusal PL3102 where the file is not a baseline
 */
export function readBaseline(name: string, cwd: string): Baseline {
  const path = resolve(cwd, name);
  const { engines, files } = parse(path, name);
  const left = new Map(
    Object.entries(files).map(([file, entries]) => [file, new Map(entries.map((one) => [keyOf(one), one]))]),
  );
  const known = new Map([...left].map(([file, entries]) => [file, new Set(entries.keys())]));
  const nameOf = namesFrom(path, cwd);
  return {
    accepts(file, finding) {
      const key = keyOf(entryOf(finding));
      left.get(nameOf(file))?.delete(key);
      return known.get(nameOf(file))?.has(key) ?? false;
    },
    stale(checked, ran) {
      if (!engines.every((one) => ran.includes(one))) return [];
      const cap = capPerCode();
      for (const file of checked)
        for (const entry of left.get(nameOf(file))?.values() ?? [])
          cap.add('PL3103', 'info', () => noLonger(entry, file, name));
      return cap.all();
    },
  };
}

/**
 * Collects what is found, for a new baseline.
 * @param isReported whether a finding would be reported at all
 */
export function newBaseline(isReported: (finding: Diagnostic) => boolean) {
  const found = new Map<string, Map<string, Entry>>();
  const accepts: Accept = (file, finding) => {
    if (!isReported(finding)) return false;
    const entry = entryOf(finding);
    const entries = found.get(file) ?? new Map<string, Entry>();
    found.set(file, entries.set(keyOf(entry), entry));
    return true;
  };

  /** Writes them. @returns how many findings it has */
  function write(name: string, cwd: string, engines: readonly EngineName[]): number {
    const path = resolve(cwd, name);
    const nameOf = namesFrom(path, cwd);
    const files = [...found]
      .map(([file, entries]) => [nameOf(file), [...entries.keys()].sort().map((key) => entries.get(key)!)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const content: BaselineFile = { version: 1, engines, files: Object.fromEntries(files) };
    writeFiles([{ path, content: `${JSON.stringify(content, null, 2)}\n` }]);
    return files.reduce((sum, [, entries]) => sum + entries.length, 0);
  }

  return { accepts, write };
}

function entryOf({ code, path, message }: Pick<Diagnostic, 'code' | 'path' | 'message'>): Entry {
  return { code, path: path.join('/'), message: sha256(message).slice(0, 16) };
}

function keyOf({ code, path, message }: Entry): string {
  return JSON.stringify([path, code, message]);
}

/** Names of files as the baseline has them: relative to its own folder, the same on every system. */
function namesFrom(path: string, cwd: string): (file: string) => string {
  return (file) => relative(dirname(path), resolve(cwd, file)).replaceAll('\\', '/');
}

function noLonger({ code, path }: Entry, file: string, name: string): Diagnostic {
  return info({
    code: 'PL3103',
    message: `${name} accepts ${code} at ${path === '' ? 'the top' : path} of ${file}, which is no longer found.`,
    hint: 'Write the baseline again: --write-baseline.',
  });
}

function parse(path: string, name: string): BaselineFile {
  const hint = 'Write a new one: add --write-baseline to this command.';
  if (!existsSync(path)) throw refuse({ code: 'PL3102', message: `The baseline ${name} does not exist.`, hint });
  const text = readFileSync(path, 'utf8');
  try {
    const data: BaselineFile = JSON.parse(text);
    if (data.version === 1 && isList(data.engines) && Object.values(data.files).every(isEntries)) return data;
  } catch {
    // Said below.
  }
  throw refuse({ code: 'PL3102', message: `${name} is not a baseline of podlaunch's.`, hint });
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isEntries(entries: unknown): boolean {
  const isEntry = (one: Partial<Record<string, unknown>> | null): boolean =>
    ['code', 'path', 'message'].every((key) => typeof one?.[key] === 'string');
  return isList(entries) && entries.every((one) => isEntry(one as Partial<Record<string, unknown>> | null));
}
