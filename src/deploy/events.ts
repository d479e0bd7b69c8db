import type { StackChange } from './changes.ts';

/** A cause of a failure: what failed first, why, and what to do. */
export interface Cause {
  readonly stack: string;
  /** Logical id. */
  readonly resource: string;
  readonly type: string;
  /** What CloudFormation says. */
  readonly reason: string;
  /** What podlaunch advises. */
  readonly next: string;
}

/** What happened to a resource, as CloudFormation tells it. */
export interface ResourceEvent {
  readonly event: 'resource';
  /** Name of the stack that it is of; a nested stack has its own. */
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  /** When, by CloudFormation's clock. */
  readonly at: string;
  /** Whether it is the stack itself. */
  readonly isStack: boolean;
}

/** What a run of deploy or destroy tells, in the order in which it happens. No secret is in any of it. */
export type DeployEvent =
  | { readonly event: 'preflight'; readonly stack: string; readonly findings: number }
  | {
      readonly event: 'plan';
      readonly stack: string;
      readonly isNew: boolean;
      readonly changes: readonly StackChange[];
    }
  | {
      readonly event: 'started';
      readonly stack: string;
      readonly id: string;
      readonly action: StackAction;
      readonly adopted: boolean;
    }
  | ResourceEvent
  | { readonly event: 'waiting'; readonly stack: string; readonly why: string }
  | { readonly event: 'failed'; readonly stack: string; readonly status: string; readonly causes: readonly Cause[] }
  | {
      readonly event: 'done';
      readonly stack: string;
      readonly result: Result;
      readonly outputs: Readonly<Record<string, string>>;
    }
  | { readonly event: 'note'; readonly stack: string; readonly text: string };

/** What is done to a stack. */
export type StackAction = 'create' | 'update' | 'delete';

/** How it ended for a stack. */
export type Result = 'created' | 'updated' | 'deleted' | 'unchanged' | 'declined';

/** Takes the values of secrets out of whatever a text says. Values of fewer than four characters are no secrets: they would take out half of all words. */
export function hiding(secrets: readonly string[]): (text: string) => string {
  const values = secrets
    .flatMap((secret) => [secret, ...secret.split('\n'), JSON.stringify(secret).slice(1, -1)])
    .map((value) => value.trim())
    .filter((value) => value.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((rest, value) => rest.replaceAll(value, '****'), text);
}
