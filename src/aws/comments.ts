const comments = new WeakMap<object, string>();

/**
 * Attaches a comment to an object of a template; it is emitted above it. Lines are separated by `\n`.
 * Meant for reasons: why a policy statement allows what it allows, why a property has an unusual value.
 */
export function why<T extends object>(comment: string, value: T): T {
  comments.set(value, comment);
  return value;
}

/** The comment attached to an object, if any. */
export function commentOf(value: object): string | undefined {
  return comments.get(value);
}
