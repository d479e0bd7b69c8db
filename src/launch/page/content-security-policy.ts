/**
 * What a browser may load for the page: its own files, and data from where releases are. Nothing inline, no frame, no
 * form that is sent, nothing from a third party.
 * @param releases URL of the place of releases, with a slash at its end
 */
export function contentSecurityPolicy(releases: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${releases}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** The same as far as a page can say it of itself: browsers take frame-ancestors from a header only. */
export function ownPolicy(releases: string): string {
  return contentSecurityPolicy(releases).replace(" frame-ancestors 'none';", '');
}
