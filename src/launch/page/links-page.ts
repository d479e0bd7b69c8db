import { consoleHost } from '../launch-region.ts';
import { type Link, makeLinks } from '../make-links.ts';
import { pageHead } from './head.ts';
import { html, type Markup } from './html.ts';
import { INDEX, type PageFile } from './page-file.ts';
import type { PageInput } from './page-input.ts';

/** A page of the links in every region, apart from the page itself, which so stays as it is with their number. */
export function linksPage(input: PageInput, releases: string, style: PageFile): string {
  const { look, version, regions } = input;
  const page = html`${pageHead(`${look.title}: every link`, releases, style)}
</head>
<body>
<header>
<h1>${look.title}: every link</h1>
<p class="quiet">Release <strong>${version}</strong>. <a href="${INDEX}">Back to the page</a></p>
</header>
<main>
<p>With their defaults, at ${[...new Set(regions.map(consoleHost))].join(', ')}.</p>
${regions.map((region) => html`<h2>${region}</h2>\n${regionLinks(input, region)}`)}</main>
</body>
</html>
`;
  return page.text;
}

/** The links of one region. */
export function regionLinks(input: PageInput, region: string): Markup {
  return html`<ul>\n${linksOf({ ...input, regions: [region] }).map(item)}</ul>\n`;
}

/** Every link of the release. */
export function linksOf({ target, version, project, templates, regions }: PageInput): readonly Link[] {
  return makeLinks({ target, version, project, templates, regions });
}

function item({ stack, region, url }: Link): Markup {
  return html`<li><a href="${url}" target="_blank" rel="noopener noreferrer">Launch ${stack} in ${region}</a></li>\n`;
}
