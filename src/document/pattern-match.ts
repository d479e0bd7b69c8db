import { type Context, createContext, runInContext } from 'node:vm';

/** How long a pattern may take that could take for ever, in milliseconds. */
const DEADLINE = 250;

/** How many patterns of a template may run into the deadline before such patterns are not tried any more. */
const MAX_LATE = 3;

/** Texts as short as this can be divided in few enough ways for any pattern to end at once. */
const SHORT = 12;

/** Patterns in which a group is repeated, or several things are: only these can take for ever. */
const MAY_NOT_END = /\)[*+{?]|(?:[*+]|,\}).*(?:[*+]|,\})/s;

/** Where patterns run that need a deadline: made once, for it costs more than all of a template's patterns. */
let context: Context | undefined;

/** Tries the patterns of one template. */
export interface PatternMatcher {
  /**
   * Whether a pattern matches a whole text, as CloudFormation tries AllowedPattern.
   * @returns undefined where that cannot be told: JavaScript does not know the pattern, or it takes too long
   */
  matches(pattern: string, text: string): boolean | undefined;
  /** The patterns that took too long, or were not tried after others had. */
  readonly tooSlow: ReadonlySet<string>;
}

/**
 * Starts with no pattern tried. `(a+)+` tries each way of dividing a text before it gives up, and a template may come
 * from anyone: a pattern that may take for ever is given a deadline.
 */
export function patternMatcher(): PatternMatcher {
  const tooSlow = new Set<string>();

  function inTime(whole: RegExp, text: string, pattern: string): boolean | undefined {
    if (tooSlow.size < MAX_LATE && !tooSlow.has(pattern)) {
      context ??= createContext();
      try {
        return runInContext('whole.test(text)', Object.assign(context, { whole, text }), {
          timeout: DEADLINE,
        }) as boolean;
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
      const maybeSlow = text.length > SHORT && MAY_NOT_END.test(pattern);
      return maybeSlow ? inTime(whole, text, pattern) : whole.test(text);
    },
  };
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
