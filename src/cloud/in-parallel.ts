/** How many files are written, or read, at a time. */
export const AT_A_TIME = 20;

/**
 * Does the work for all items, at most `limit` at a time. After a failure nothing new is begun, what has begun is
 * waited for, and the first failure is thrown.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = rest.next();
      if (next.done) return;
      await work(next.value).catch((failure: unknown) => failures.push(failure));
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
}
