/** How many files are written, or read, at a time. */
export const AT_A_TIME = 20;

/**
 * Does the work for all items, at most `limit` at a time, and gives what came of each, in the order of the items. After a
 * failure nothing new is begun, what has begun is waited for, and the first failure is thrown.
 */
export async function inParallel<T, R>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const rest = items[Symbol.iterator]();
  const results: R[] = [];
  const failures: unknown[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = rest.next();
      if (next.done) return;
      const at = begun++;
      await work(next.value).then(
        (result) => {
          results[at] = result;
        },
        (failure: unknown) => failures.push(failure),
      );
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
