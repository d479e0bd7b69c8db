import { OFFERS_FROM } from '../../aws/generated/region-offers.ts';
import { html, type Markup } from './html.ts';
import type { RegionOffer } from './region-offer.ts';

/** A table of the regions, and below it the instance types of each, which the script reads there. */
export function regionsSection(offers: readonly RegionOffer[]): Markup {
  const { registriesOf, shippedBy } = OFFERS_FROM;
  return html`<section id="regions">
<h2>What the regions have</h2>
<table>
<thead><tr><th scope="col">Region</th><th scope="col">Services of this release</th><th scope="col">Instance types</th></tr></thead>
<tbody>
${offers.map(row)}</tbody>
</table>
<p class="about">From CloudFormation's registries of ${registriesOf} and the instance types of HyperPod in AWS's price list, both as ${shippedBy} has them. What came later is not in it. It says nothing of quotas, of zones, and of whether AWS has such an instance free: <code>podlaunch preflight</code> asks your account.</p>
${offers.map(list)}</section>
`;
}

function row({ region, lacks, families }: RegionOffer): Markup {
  const count = families.reduce((sum, [, sizes]) => sum + sizes.length, 0);
  return html`<tr><th scope="row">${region}</th><td>${services(lacks)}</td><td>${lacks ? count : 'not known'}</td></tr>\n`;
}

function services(lacks: RegionOffer['lacks']): string {
  if (lacks === undefined) return 'not known';
  return lacks.length === 0 ? 'all' : `without ${lacks.join(', ')}`;
}

function list({ region, families }: RegionOffer): Markup | false {
  const all = families.map(([family, sizes]) => html`<li>ml.${family}: ${sizes.join(', ')}</li>\n`);
  return (
    families.length > 0 &&
    html`<details><summary>Instance types in ${region}</summary>
<ul data-types="${region}">
${all}</ul></details>
`
  );
}
