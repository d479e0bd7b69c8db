import type { Result } from './events.ts';

/** How it ended. */
export interface DeployedStack {
  readonly name: string;
  readonly result: Extract<Result, 'created' | 'updated' | 'unchanged' | 'declined'>;
  /** As they are, for the stacks after it. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The same without the values of secrets, to be shown. */
  readonly shown: Readonly<Record<string, string>>;
}
