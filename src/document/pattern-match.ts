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

/** How many ways of dividing a text among what is repeated are tried without a deadline: some milliseconds' worth. */
const FEW = 100_000;

/** Tries the patterns of one template. */
export interface PatternMatcher {
  /**
   * Whether a pattern matches a whole text, as CloudFormation tries AllowedPattern.
   * @returns undefined where that cannot be told: JavaScript does not know the pattern, or it takes too long
   */
  matches(pattern: string, text: string): boolean | undefined;
  /**
   * Does work that tries many patterns under one deadline: each deadline starts a thread. Where it is not met, the work is
   * begun again with a deadline for each pattern, so it must change nothing outside.
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
  let isTimed = false;

  function inTime(whole: RegExp, text: string, pattern: string): boolean | undefined {
    if (tooSlow.size < MAX_LATE && !tooSlow.has(pattern)) {
      try {
        return isTimed ? whole.test(text) : withDeadline(DEADLINE, () => whole.test(text));
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
      isTimed = true;
      try {
        return withDeadline(DEADLINE_OF_ALL, work);
      } catch (thrown) {
        if (!isTooLate(thrown)) throw thrown;
      } finally {
        isTimed = false;
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
  if (text === '') return true;
  return !REPEATED_GROUP.test(pattern) && text.length ** (pattern.match(REPEATED)?.length ?? 0) <= FEW;
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
