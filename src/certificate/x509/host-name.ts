/** Whether the text is what a certificate may be for: two labels at least, in lower case; no wildcard, no address. */
export function isHostName(text: string): boolean {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
  return text.length <= 253 && new RegExp(`^(${label}\\.)+${label}$`).test(text) && !/^[0-9.]+$/.test(text);
}
