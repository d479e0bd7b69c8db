import { Script } from 'node:vm';

/** How long a pattern may take that could take for ever, in milliseconds. */
const DEADLINE = 250;

/** How long all patterns of a template may take that are tried under one deadline, in milliseconds. */
const DEADLINE_OF_ALL = 100;

/** How many patterns of a template may run into the deadline before such patterns are not tried any more. */
const MAX_LATE = 3;

/** A group that is repeated: the ways of dividing a text among its turns can double with each character. */
const REPEATED_GROUP = /\)[*+{?]/;

/** Something that is repeated as often as the text allows. */
const REPEATED = /[*+]|,\}/g;

/** What is there some times: as often as the text allows, up to a bound, or once at most. Not the `?` of `(?:` or `*?`. */
const QUANTIFIER = /[*+]|\{(?<least>\d+),(?<most>\d*)\}|(?<!(?<!\\)[(*+?}])\?/g;

/** A group without another in it, of several alternatives. */
const ALTERNATIVES = /\((?<inside>[^()]*\|[^()]*)\)/g;

/** What gives a matcher a choice at a character. */
const CHOICE = /[*+?{|]/g;

/** How many ways of dividing a text among what is repeated are tried without a deadline: some milliseconds' worth. */
const FEW = 100_000;

/** Thrown where work is begun without a deadline and a pattern needs one. */
const NEEDS_DEADLINE = Symbol('needs a deadline');

/** Tries the patterns of one template. */
export interface PatternMatcher {
  /**
   * Whether a pattern matches a whole text, as CloudFormation tries AllowedPattern.
   * @returns undefined where that cannot be told: JavaScript does not know the pattern, or it takes too long
   */
  matches(pattern: string, text: string): boolean | undefined;
  /**
   * Does work that tries many patterns under one deadline: each deadline starts a thread, so there is none until a pattern
   * needs it. Then the work is begun again, and once more with a deadline for each pattern where that is not met: it must
   * change nothing outside.
   */
  forMany<T>(work: () => T): T;
  /** The patterns that took too long, or were not tried after others had. */
  readonly tooSlow: ReadonlySet<string>;
}

/**
 * Starts with no pattern tried. `(a+)+` tries each way of dividing a text before it gives up, and a template may come
 * from anyone: a pattern that may take for ever is given a deadline.
 */
export function patternMatcher(): PatternMatcher {
  const tooSlow = new Set<string>();
  let mode: 'each alone' | 'no deadline' | 'one deadline' = 'each alone';

  function inTime(whole: RegExp, text: string, pattern: string): boolean | undefined {
    if (mode === 'no deadline') throw NEEDS_DEADLINE;
    if (tooSlow.size < MAX_LATE && !tooSlow.has(pattern)) {
      try {
        return mode === 'one deadline' ? whole.test(text) : withDeadline(DEADLINE, () => whole.test(text));
      } catch {
        // Too late.
      }
    }
    tooSlow.add(pattern);
    return undefined;
  }

  return {
    tooSlow,
    matches(pattern, text) {
      const whole = compile(`^(?:${pattern})$`);
      if (!whole) return undefined;
      return isQuick(pattern, text) ? whole.test(text) : inTime(whole, text, pattern);
    },
    forMany(work) {
      try {
        mode = 'no deadline';
        return work();
      } catch (thrown) {
        if (thrown !== NEEDS_DEADLINE) throw thrown;
      } finally {
        mode = 'each alone';
      }
      try {
        mode = 'one deadline';
        return withDeadline(DEADLINE_OF_ALL, work);
      } catch (thrown) {
        if (!isTooLate(thrown)) throw thrown;
      } finally {
        mode = 'each alone';
      }
      return work();
    },
  };
}

/** The same as `matches`, without an answer where that could take long. */
export function matchesQuickly(pattern: string, text: string): boolean | undefined {
  return isQuick(pattern, text) ? compile(`^(?:${pattern})$`)?.test(text) : undefined;
}

/** Whether a pattern has an answer for a text soon, whatever they are. An empty text cannot be divided. */
function isQuick(pattern: string, text: string): boolean {
  if (text === '' || (1 + (pattern.match(CHOICE)?.length ?? 0)) ** text.length <= FEW) return true;
  return !REPEATED_GROUP.test(pattern) && waysOf(pattern, text.length) <= FEW;
}

/** In how many ways a text may be divided among what a pattern has some times or in several forms: at most. */
function waysOf(pattern: string, length: number): number {
  let ways = 1;
  for (const { 0: sign, groups } of pattern.matchAll(QUANTIFIER)) {
    const bound = sign === '?' ? 1 : groups?.['most'] ? Number(groups['most']) - Number(groups['least']) : Infinity;
    ways *= Math.min(length, bound + 1);
  }
  for (const { groups } of pattern.matchAll(ALTERNATIVES)) ways *= groups!['inside']!.split('|').length;
  return ways;
}

/** How long the texts are for which any pattern has an answer soon, but for nested repetition. */
const SHORT = 64;
/** The same with nested repetition: each character may double the time. */
const VERY_SHORT = 20;

/** Whether a group that repeats something is repeated itself, or may match the same in several ways. */
const isNested = new Map<RegExp, boolean>();

/**
 * Whether a compiled pattern is found in a text.
 * @param deadline in milliseconds; with 0 a pattern that may take long is not tried
 * @returns undefined where that takes longer
 */
export function testInTime(pattern: RegExp, text: string, deadline: number): boolean | undefined {
  if (text.length <= VERY_SHORT) return pattern.test(text);
  const nested = isNested.get(pattern) ?? nestsRepetition(pattern.source);
  isNested.set(pattern, nested);
  const repeated = pattern.source.match(REPEATED)?.length ?? 0;
  // Without an anchor it starts again at each character.
  const ways = text.length ** (repeated + (pattern.source.startsWith('^') ? 0 : 1));
  if (!nested && (text.length <= SHORT || ways <= FEW)) return pattern.test(text);
  if (deadline === 0) return undefined;
  try {
    return withDeadline(deadline, () => pattern.test(text));
  } catch (thrown) {
    if (!isTooLate(thrown)) throw thrown;
    return undefined;
  }
}

function nestsRepetition(source: string): boolean {
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const open: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    if (plain[at] === '(') open.push(at);
    else if (plain[at] === ')') {
      const inside = plain.slice((open.pop() ?? 0) + 1, at);
      if (/^\)(?:[*+]|\{\d+,)/.test(plain.slice(at, at + 8)) && /[*+?|]|\{\d+,/.test(inside)) return true;
    }
  }
  return false;
}

/** Where the script of `withDeadline` finds what it is to do. */
const TASK = Symbol.for('podlaunch.task');
const SCRIPT = "globalThis[Symbol.for('podlaunch.task')]()";

/**
 * Does what nothing in JavaScript can interrupt. Node ends a script at its deadline, with all that it called; a context
 * of its own would cost more than all patterns of a template.
 * @throws Node's error when it takes too long
 */
function withDeadline<T>(timeout: number, task: () => T): T {
  const place = globalThis as { [TASK]?: () => T };
  place[TASK] = task;
  try {
    return new Script(SCRIPT).runInThisContext({ timeout });
  } finally {
    delete place[TASK];
  }
}

function isTooLate(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

/** Whether JavaScript knows a pattern. */
export function isPattern(pattern: string): boolean {
  return compile(pattern) !== undefined;
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
