/** How long an answer may take, in milliseconds. */
const PATIENCE = 15_000;

/**
 * Reads a file from where releases are, as anybody reads it: no credentials, no referrer, no other place.
 * @returns undefined where there is none, or one that is larger than the limit
 */
export async function fetched(url: string, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const answer = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-cache',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok || !answer.body) return undefined;
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > limit) {
        await reader.cancel();
        return undefined;
      }
      pieces.push(value);
    }
    return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** SHA-256 in hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
