/** A block of addresses: the first and the last, as numbers. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** The addresses of a block such as 10.0.0.0/16; undefined of anything else. */
export function ipv4Block(text: string | undefined): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text ?? '');
  if (!match) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

/** Whether two blocks have an address in common. */
export function overlap(one: Block, other: Block): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Whether all addresses of a block are in another. */
export function isWithin(one: Block, other: Block): boolean {
  return other.first <= one.first && one.last <= other.last;
}
