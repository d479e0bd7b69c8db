import { patternMatcher } from '../../document/pattern-match.ts';

/** Texts that patterns with too many ways of matching need for ever for. */
const NASTY = ['a', '1', 'a.', 'a-', 'a1', '1.', 'a,', '/a', 'CN=a,', ' ', 'arn:aws:a:'].map(
  (piece) => `${piece.repeat(2000)}!`,
);

/**
 * Whether a browser may try a pattern on what somebody types: one that takes too long for a hostile text would stop the
 * page, and CloudFormation tries it anyway.
 */
export function isQuickPattern(pattern: string): boolean {
  const matcher = patternMatcher();
  return NASTY.every((text) => matcher.matches(pattern, text) !== undefined);
}
