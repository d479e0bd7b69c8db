import { join, split } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';

/** The base DN of a domain, the join of its labels: example.com is DC=example,DC=com. */
export function baseDn(domain: Expression<string>): Expression<string> {
  return sub`DC=${{ Labels: join(',DC=', split('.', domain)) }}`;
}
