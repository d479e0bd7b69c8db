import { expect } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { Refusal } from '../../src/diagnostics/refusal.ts';

/** The codes that a call is refused with; fails the test when it is not refused. */
export function codesOf(call: () => unknown): readonly string[] {
  try {
    call();
  } catch (thrown) {
    return findings(thrown).map(({ code }) => code);
  }
  return expect.fail('expected a refusal');
}

/** What a promise is refused with; fails the test when it is not, or when it fails in another way. */
export async function refusalOf(promise: Promise<unknown>): Promise<readonly Diagnostic[]> {
  return promise.then(() => expect.fail('expected a refusal'), findings);
}

function findings(thrown: unknown): readonly Diagnostic[] {
  if (thrown instanceof Refusal) return thrown.diagnostics;
  throw thrown;
}
