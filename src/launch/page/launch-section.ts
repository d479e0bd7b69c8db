import { consoleHost } from '../launch-region.ts';
import type { PageFacts } from '../lines/facts.ts';
import { html, type Markup } from './html.ts';
import { linksOf, regionLinks } from './links-page.ts';
import type { PageFile } from './page-file.ts';
import type { PageInput } from './page-input.ts';

/** The button, and the same as lines for terminals; without the script the button launches the first stack in the first region. */
export function launch(input: PageInput, facts: PageFacts): Markup {
  const [first] = linksOf(input).filter(({ stack }) => facts.formOf.length === 0 || stack === facts.formOf[0]);
  const host = first && consoleHost(first.region);
  return html`<section>
<h2>Launch</h2>
<p id="go-faults" class="invalid" role="status"></p>
<p>${first && html`<a id="go" class="go" href="${first.url}" target="_blank" rel="noopener noreferrer"><span id="go-words">Launch ${first.stack} in ${first.region}</span></a>`}</p>
<p class="quiet">Opens the CloudFormation console at <code id="go-host">${host}</code>, in a new tab. Sign in to the account that you launch in first, and look whether the address says so.</p>
<section id="lines" hidden>
<h3>Or from a terminal</h3>
<p class="about">These make the same stack with the AWS CLI. Check what you copy: it is all that you see.</p>
${line('posix', 'Linux, macOS')}${line('powershell', 'PowerShell')}</section>
</section>
`;
}

function line(id: string, title: string): Markup {
  return html`<h3 id="${id}-title">${title}</h3>
<pre id="${id}" tabindex="0" role="region" aria-labelledby="${id}-title"></pre>
<p><button type="button" data-copy="${id}">Copy the line for ${title}</button> <span role="status" id="${id}-copied"></span></p>
`;
}

/** The links of the first region, for who has no script, and the way to those of the others. */
export function firstLinks(input: PageInput, linksFile: PageFile | undefined): Markup {
  const [first] = input.regions;
  return html`<section id="links">
<h2>All links of this release</h2>
<p>With their defaults, at ${consoleHost(first!)}. The output NextLink of a stack leads to the form of the next one, filled in.</p>
<h3>${first}</h3>
${regionLinks(input, first!)}${linksFile && html`<p><a href="${linksFile.path}">The links of every region of this page</a></p>\n`}</section>
`;
}
