/**
 * Reads a body to its end, or until it has more bytes than were to be expected: anyone who serves it must not be able to
 * fill the memory of this machine.
 * @returns the bytes; `larger` when there are more than the limit, and the rest is not read
 */
export async function readLimited(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | 'larger'> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > limit) return 'larger';
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
