import type { PageFacts } from '../lines/facts.ts';
import { costSection } from './cost-section.ts';
import { formSection } from './form.ts';
import type { PageGroup } from './form-fields.ts';
import { pageHead } from './head.ts';
import { howItGoes } from './how-it-goes.ts';
import { html, type Markup } from './html.ts';
import { firstLinks, launch } from './launch-section.ts';
import type { PageFile } from './page-file.ts';
import type { PageInput } from './page-input.ts';
import type { RegionOffer } from './region-offer.ts';
import { regionsSection } from './regions-section.ts';

/** What of a page was made before its HTML. */
export interface PagePieces {
  readonly groups: readonly PageGroup[];
  readonly offers: readonly RegionOffer[];
  readonly facts: PageFacts;
  readonly style: PageFile;
  readonly script: PageFile;
  readonly logo: PageFile | undefined;
  /** The page of every link; a page of one region has none. */
  readonly links: PageFile | undefined;
}

/** The HTML of the page: the links are in it, the script adds what is chosen. */
export function pageHtml(input: PageInput, { groups, offers, facts, style, script, logo, links }: PagePieces): string {
  const { look, version, manifestSha256 } = input;
  const page = html`${pageHead(look.title, facts.releases, style)}
<script src="${script.path}" defer></script>
</head>
<body>
<header>
${logo && html`<img src="${logo.path}" alt="${look.publisher ?? 'Logo'}">\n`}<h1>${look.title}</h1>
<p class="quiet">${look.publisher && html`Published by ${look.publisher}. `}Release <strong>${version}</strong>. The SHA-256 of its manifest is <code>${manifestSha256}</code>.</p>
</header>
<main data-facts="${JSON.stringify(facts)}">
<div id="notices" role="status"></div>
<section id="where" class="controls" hidden>
<h2>1. Where, and which release</h2>
<div class="field"><label for="region">Region</label>
<select id="region">${facts.regions.map(({ name }) => html`<option>${name}</option>`)}</select>
<p id="region-fault" class="notice" role="status" hidden></p></div>
<div class="field"><label for="version">Release</label>
<select id="version" aria-describedby="version-about"><option>${version}</option></select>
<p class="about" id="version-about">The releases of this place, the newest first. Where it cannot be read, the list has this page's release only.</p></div>
<div class="field"${facts.stacks.length < 2 && html` hidden`}><label for="stack">Stack</label>
<select id="stack">${facts.stacks.map(({ name }) => html`<option>${name}</option>`)}</select></div>
</section>
${formSection(groups, `${facts.project}-${facts.formOf[0] ?? facts.stacks[0]?.name ?? 'stack'}`)}${costSection(input, groups)}${launch(input, facts)}${howItGoes(input)}${regionsSection(offers)}${hashes(input)}${firstLinks(input, links)}</main>
<footer>
<p class="quiet">This page loads nothing from third parties, and counts nobody. Made by podlaunch.</p>
</footer>
</body>
</html>
`;
  return page.text;
}

function hashes({ templates, version }: PageInput): Markup {
  const items = templates.map(({ file, sha256 }) => html`<dt>${file}</dt><dd><code>${sha256}</code></dd>\n`);
  return html`<section>
<h2>Check what you launch</h2>
<p>A release never changes. <code>podlaunch verify 'LINK' --manifest SHA256</code> reads release ${version} and compares all of its files with the number above; take the number from the publisher's release notes, not from here. These are the SHA-256 of the templates:</p>
<dl>
${items}</dl>
</section>
`;
}
