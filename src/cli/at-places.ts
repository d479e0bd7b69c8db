import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type ActWords, atEachPlace, ofRegion, type Places } from '../pipelines/mirrors.ts';
import type { Target } from '../release/target.ts';
import type { Cli, CommandAnswer } from './cli-context.ts';
import { leftBehind } from './interrupted.ts';
import type { Progress } from './progress.ts';

/** An act at a place or at all mirrors, as a command shows it. */
export interface ActAtPlaces<T> extends ActWords {
  /** Is ended before the answer. Default: the act shows what it does. */
  readonly display?: Progress;
  act(target: Target): Promise<T>;
  /** What was done at one place. */
  answer(result: T): CommandAnswer;
  /** What is wrong with the mirrors beside each other. Default: nothing. */
  compare?(results: readonly T[], regions: readonly string[]): readonly Diagnostic[];
}

/**
 * Acts at a place or at all mirrors, and answers: of mirrors a list, with the region of each.
 * @throws Refusal as `atEachPlace` does
 */
export async function atPlaces<T>(
  cli: Cli,
  places: Places,
  { display, act, answer, compare, ...words }: ActAtPlaces<T>,
) {
  const onFar = (state: string) => {
    leftBehind.words =
      state === '' ? '' : `Interrupted. ${state} Run the command again; it goes on where it stopped.\n`;
  };
  const results = await atEachPlace(places, words, act, onFar).finally(() => display?.done());
  const answers = results.map(answer);
  const { regions } = places;
  if (regions === undefined) return cli.answer(answers[0]!);
  const found = answers.flatMap(({ diagnostics = [] }, at) => ofRegion(diagnostics, regions[at]!));
  await cli.answer({
    json: () => ({ regions: answers.map(({ json }, at) => ({ region: regions[at], ...json() })) }),
    text: () => answers.map(({ text }, at) => `${regions[at]}: ${text()}`).join('\n'),
    diagnostics: [...found, ...(compare?.(results, regions) ?? [])],
  });
}
