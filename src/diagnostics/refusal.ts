import { type Diagnostic, type DiagnosticInput, error } from './diagnostic.ts';

/**
 * Thrown by a function that acts (loads, publishes, makes links) when it will not go on. It carries every finding;
 * the command line renders them and exits 1. It is never a bug in podlaunch, so its stack is of no use to anyone.
 */
export class Refusal extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
    this.name = 'Refusal';
    this.diagnostics = diagnostics;
  }
}

/** Throws a Refusal with these findings, where there are any. */
export function throwFaults(faults: readonly Diagnostic[]): void {
  if (faults.length > 0) throw new Refusal(faults);
}

/** A refusal for one reason. */
export function refuse(input: DiagnosticInput): Refusal {
  return new Refusal([error(input)]);
}
