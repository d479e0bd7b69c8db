/** How something is tried again. */
export interface Retry {
  /** How often it is tried at most. */
  readonly attempts: number;
  /** Milliseconds to wait after the first attempt; after the second twice as long, and so on. */
  readonly pause: number;
  /** Whether what was thrown may be gone the next time. */
  mayPass(thrown: unknown): boolean;
}

/**
 * Does something, and tries it again where waiting may help. The AWS SDK has retries of its own below this.
 * @throws what the last attempt threw
 */
export async function withRetries<T>(act: () => Promise<T>, { attempts, pause, mayPass }: Retry): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (thrown) {
      if (attempt === attempts || !mayPass(thrown)) throw thrown;
      await new Promise((waited) => setTimeout(waited, pause * attempt));
    }
  }
}
