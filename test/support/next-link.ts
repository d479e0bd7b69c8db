/** A template's text without empty lines and the output NextLink, which differs by design between dist/ and a release. */
export function withoutNextLink(text: string): string {
  const dense = text.replaceAll(/\n{2,}/g, '\n');
  return dense.replace(/^ {2}NextLink:\n(?: {4}.*\n?)+/m, '');
}
