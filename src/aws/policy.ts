import type { Expression, Free } from './value.ts';

/** A statement of an IAM policy. `*` in a resource needs a reason: wrap the statement in why(). */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Free;
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | Expression<string> | readonly (string | Expression<string>)[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: Free } };
}

/** An IAM policy document; a statement may be under an Fn::If. */
export function policy(...statements: readonly (Statement | Expression<Statement>)[]): Free {
  return { Version: '2012-10-17', Statement: statements as readonly Free[] };
}

/** The trust policy of a role that an AWS service takes on. */
export function assumedBy(service: string): Free {
  return policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
}
