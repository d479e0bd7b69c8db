import { ownPolicy } from './content-security-policy.ts';
import { html, type Markup } from './html.ts';
import type { PageFile } from './page-file.ts';

/** The beginning of a page of the folder, up to its style sheet; the head is still open. */
export function pageHead(title: string, releases: string, style: PageFile): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ownPolicy(releases)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${style.path}">`;
}
