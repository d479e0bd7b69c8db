/**
 * A template's text without empty lines, the output NextLink and the conditions that it alone needs: what differs by
 * design between dist/ and a release.
 */
export function withoutNextLink(text: string): string {
  const dense = text.replaceAll(/\n{2,}/g, '\n');
  return dense.replace(/^ {2}NextLink:\n(?: {4}.*\n?)+/m, '').replaceAll(/^ {2}IsIn(?:China|GovCloud): .*\n/gm, '');
}
