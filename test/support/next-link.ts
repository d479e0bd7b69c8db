/** A template's text without empty lines and the links to other stacks, which differ by design between dist/ and a release. */
export function withoutNextLink(text: string): string {
  const dense = text.replaceAll(/\n{2,}/g, '\n');
  return dense.replace(/^ {2}(?:Next|People|Access)Link:\n(?: {4}.*\n?)+/gm, '');
}
