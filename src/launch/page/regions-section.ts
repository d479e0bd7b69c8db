import { OFFERS_FROM } from '../../aws/generated/region-offers.ts';
import { html, type Markup } from './html.ts';
import type { RegionOffer } from './region-offer.ts';

/** A table of the regions, and below it their instance types, which the script reads there. */
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
${list(offers)}</section>
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

/** The types of all regions in one list: a line says where its types are, unless that is every region that is known. */
function list(offers: readonly RegionOffer[]): Markup | false {
  const known = offers.filter(({ families }) => families.length > 0);
  const places = new Map<string, string[]>();
  for (const { region, families } of known) {
    for (const [family, sizes] of families) {
      const types = `ml.${family}: ${sizes.join(', ')}`;
      places.set(types, [...(places.get(types) ?? []), region]);
    }
  }
  const lines = [...places].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return (
    known.length > 0 &&
    html`<details><summary>Instance types of nodes</summary>
<ul data-types="${known.map(({ region }) => region).join(' ')}">
${lines.map(([types, regions]) => html`<li>${types}${regions.length < known.length && ` in ${regions.join(', ')}`}</li>\n`)}</ul></details>
`
  );
}
