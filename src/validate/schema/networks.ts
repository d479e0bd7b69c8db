/** Whether a text is an IPv4 network in CIDR notation, with nothing set behind its prefix: 10.0.0.5/8 is none. */
export function isIpv4Network(text: string): boolean {
  const [, address = '', prefix = '32'] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const bytes = ipv4Bytes(address);
  return bytes !== undefined && isNetwork(bytes, 8, Number(prefix));
}

/** Whether a text is an IPv6 network in CIDR notation, with nothing set behind its prefix. */
export function isIpv6Network(text: string): boolean {
  const [, address = '', prefix = '128'] = /^([\da-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const words = ipv6Words(address);
  return words !== undefined && isNetwork(words, 16, Number(prefix));
}

/** The four numbers of an IPv4 address. */
function ipv4Bytes(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const isAddress =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isAddress ? parts.map(Number) : undefined;
}

/** The eight numbers of an IPv6 address; the last two may be written as an IPv4 address. */
function ipv6Words(text: string): readonly number[] | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const before = words(head);
  const after = tail === undefined ? [] : words(tail);
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

function words(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1)!.includes('.') ? ipv4Bytes(parts.pop()!) : [];
  if (!last || !parts.every((part) => /^[\da-fA-F]{1,4}$/.test(part))) return undefined;
  const [a, b, c, d] = last;
  const embedded = last.length === 0 ? [] : [a! * 256 + b!, c! * 256 + d!];
  return [...parts.map((part) => Number.parseInt(part, 16)), ...embedded];
}

/** Whether all bits behind the prefix are 0. */
function isNetwork(units: readonly number[], bits: number, prefix: number): boolean {
  if (prefix > units.length * bits) return false;
  return units.every((unit, index) => {
    const kept = Math.min(Math.max(prefix - index * bits, 0), bits);
    return unit % 2 ** (bits - kept) === 0;
  });
}
