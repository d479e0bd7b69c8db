// Which chunks of the bundle go into one file: those that are loaded together as a rule. A file costs as much CPU as some
// kilobytes of code that is loaded and not used; the numbers below are what was measured.
import { basename } from 'node:path';

/** @typedef {import('esbuild').Metafile['outputs'][string]} Output */
/** @typedef {{chunks: ReadonlySet<string>, bytes: number}} Group */
/** @typedef {{begins: readonly string[], loaded: ReadonlySet<string>, weight: number}} Run */

/** What opening a file costs, in bytes of code that V8 looks through: 0.4 ms against 0.028 ms for each KB. */
const FILE = 14_000;

/** How many others a frequent run counts like. */
const WEIGHT = 5;

/**
 * Divides the chunks of a bundle into groups, each a file. Two groups become one as long as that makes the runs cheaper.
 * Groups import each other in no circle.
 * @param {ReadonlyMap<string, Output>} outputs the chunks by their names
 * @param {string} main the module that every run begins with
 * @param {readonly (readonly string[])[]} frequent runs that people wait for most, by the modules that they load beside it
 * @returns {readonly (readonly string[])[]}
 */
export function grouped(outputs, main, frequent) {
  const imports = new Map([...outputs].map(([name, output]) => [name, importsOf(output, outputs)]));
  const runs = runsOf(outputs, imports, main, frequent);
  /** @type {readonly Group[]} */
  let groups = [...outputs].map(([name, { bytes }]) => ({ chunks: new Set([name]), bytes }));
  let cost = costOf(groups, runs, imports);
  for (;;) {
    const better = candidates(groups, runs)
      .map(({ one, other }) => merged(groups, one, other))
      .find((next) => (costOf(next, runs, imports) ?? Infinity) < (cost ?? Infinity));
    if (!better) return groups.map(({ chunks }) => [...chunks]);
    groups = better;
    cost = costOf(groups, runs, imports);
  }
}

/** @param {Output} output @param {ReadonlyMap<string, Output>} outputs @returns {readonly string[]} */
function importsOf({ imports }, outputs) {
  return imports.flatMap(({ path, kind }) =>
    kind === 'import-statement' && outputs.has(basename(path)) ? [basename(path)] : [],
  );
}

/**
 * What each run begins with and what it loads, with how much the run counts.
 * @param {ReadonlyMap<string, Output>} outputs @param {ReadonlyMap<string, readonly string[]>} imports
 * @param {string} main @param {readonly (readonly string[])[]} frequent
 * @returns {readonly Run[]}
 */
function runsOf(outputs, imports, main, frequent) {
  const names = new Map([...outputs].flatMap(([name, { entryPoint }]) => (entryPoint ? [[entryPoint, name]] : [])));
  return [
    ...frequent.map((entries) => ({ entries: [main, ...entries], weight: WEIGHT })),
    ...[...names.keys()].map((entry) => ({ entries: [main, entry], weight: 1 })),
  ].map(({ entries, weight }) => {
    const begins = entries.flatMap((entry) => names.get(entry) ?? []);
    // A module that is imported by another at once begins no chunk: it is loaded with that.
    const loaded = new Set(begins);
    for (const name of loaded) for (const other of imports.get(name) ?? []) loaded.add(other);
    return { begins, loaded, weight };
  });
}

/**
 * Pairs of groups that may be cheaper as one, the most promising first: a file less where both are loaded, but more code
 * where one alone would be.
 * @param {readonly Group[]} groups @param {readonly Run[]} runs
 */
function candidates(groups, runs) {
  const loads = new Map(
    groups.map((group) => [group, runs.map(({ loaded }) => [...group.chunks].some((name) => loaded.has(name)))]),
  );
  return groups
    .flatMap((one, index) => groups.slice(index + 1).map((other) => ({ one, other, gain: gainOf(one, other) })))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain);

  /** @param {Group} one @param {Group} other */
  function gainOf(one, other) {
    return runs.reduce((sum, { weight }, run) => {
      const [first, second] = [loads.get(one)?.[run], loads.get(other)?.[run]];
      return sum + weight * (first && second ? FILE : first ? -other.bytes : second ? -one.bytes : 0);
    }, 0);
  }
}

/** @param {readonly Group[]} groups @param {Group} one @param {Group} other @returns {readonly Group[]} */
function merged(groups, one, other) {
  const both = { chunks: new Set([...one.chunks, ...other.chunks]), bytes: one.bytes + other.bytes };
  return [...groups.filter((group) => group !== one && group !== other), both];
}

/**
 * What all runs cost. A file loads all that its chunks import, whether or not the run needs these.
 * @param {readonly Group[]} groups @param {readonly Run[]} runs @param {ReadonlyMap<string, readonly string[]>} imports
 * @returns {number | undefined} undefined where groups import each other in a circle
 */
function costOf(groups, runs, imports) {
  const groupOf = new Map(groups.flatMap((group) => [...group.chunks].map((name) => [name, group])));
  const next = new Map(
    groups.map((group) => {
      const others = [...group.chunks].flatMap((name) => imports.get(name) ?? []).map((name) => groupOf.get(name));
      return [group, new Set(others.filter((other) => other !== undefined && other !== group))];
    }),
  );
  if (hasCircle(next)) return undefined;
  return runs.reduce((sum, { begins, weight }) => {
    const loaded = new Set(begins.map((name) => groupOf.get(name)));
    for (const group of loaded) for (const other of (group && next.get(group)) ?? []) loaded.add(other);
    return sum + weight * [...loaded].reduce((all, group) => all + FILE + (group?.bytes ?? 0), 0);
  }, 0);
}

/** @param {ReadonlyMap<Group, ReadonlySet<Group | undefined>>} next */
function hasCircle(next) {
  const done = new Set();
  const open = new Set();
  /** @param {Group} group @returns {boolean} */
  const meets = (group) => {
    if (done.has(group)) return false;
    if (open.has(group)) return true;
    open.add(group);
    const found = [...(next.get(group) ?? [])].some((other) => other !== undefined && meets(other));
    done.add(group);
    return found;
  };
  return [...next.keys()].some(meets);
}
