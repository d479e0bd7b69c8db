import { consoleHost } from '../launch-region.ts';
import type { PageFacts } from '../lines/facts.ts';
import { type Link, makeLinks } from '../make-links.ts';
import { html, type Markup } from './html.ts';
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

/** Every link of the release, for who has no script. */
export function allLinks(input: PageInput): Markup {
  const links = linksOf(input);
  const regions = input.regions.map((region) => {
    const items = links.filter((link) => link.region === region).map(item);
    return html`<h3>${region}</h3>\n<ul>\n${items}</ul>\n`;
  });
  return html`<section id="links">
<h2>All links of this release</h2>
<p>With their defaults, at ${[...new Set(input.regions.map(consoleHost))].join(', ')}. The output NextLink of a stack leads to the form of the next one, filled in.</p>
${regions}</section>
`;
}

function item({ stack, region, url }: Link): Markup {
  return html`<li><a href="${url}" target="_blank" rel="noopener noreferrer">Launch ${stack} in ${region}</a></li>\n`;
}

function linksOf({ target, version, project, templates, regions }: PageInput): readonly Link[] {
  return makeLinks({ target, version, project, templates, regions });
}
