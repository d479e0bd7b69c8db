/** Where in our own code an object was made, kept as an undecoded stack: decoding happens only when a diagnostic asks. */
const stacks = new WeakMap<object, { stack?: string }>();
let isRemembering = true;

/** Remembers the present call stack for an object, and returns the object. */
export function remember<T extends object>(made: T): T {
  if (!isRemembering) return made;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, remember);
  stacks.set(made, holder);
  return made;
}

/** What a function makes, without remembering where: stacks cost time, and most templates are never asked for theirs. */
export function withoutStacks<T>(make: () => T): T {
  const before = isRemembering;
  isRemembering = false;
  try {
    return make();
  } finally {
    isRemembering = before;
  }
}

/** The call stack with which an object was made, as V8 prints it; undefined for objects that were not remembered. */
export function stackOf(made: object): string | undefined {
  return stacks.get(made)?.stack;
}

/** Remembers for an object where another one was made. */
export function rememberLike<T extends object>(made: T, other: object): T {
  if (isRemembering) stacks.set(made, stacks.get(other) ?? {});
  return made;
}
