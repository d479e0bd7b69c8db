import type { DeployEvent } from './events.ts';
import type { AskedValue } from './parameters.ts';

/** Who is asked and told. */
export interface Talk {
  /** Asks for a value; undefined where nobody is there to answer. */
  readonly ask: ((question: AskedValue, fault: string | undefined) => Promise<string>) | undefined;
  /** Asks whether to go on; undefined where nobody is there to answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  onEvent(event: DeployEvent): void;
  /** Is told of the values that somebody gave, secrets not among them. */
  remember(values: Readonly<Record<string, string>>): void;
  /** Milliseconds between two looks. Default: `usualPause`. */
  readonly pause?: (elapsed: number) => number;
}
