import type { PageFacts } from '../../lines/facts.ts';
import { byId, show } from './elements.ts';

/** Says what the chosen region is not known to have: of the release, and of the instance types that are chosen. */
export function renderRegion(facts: PageFacts, region: string, chosen: Readonly<Record<string, string>>): void {
  const lacks = facts.regions.find(({ name }) => name === region)?.lacks ?? [];
  const types = instanceTypes(region);
  const values = Object.entries(chosen).filter(([name]) => name.endsWith('InstanceType'));
  const missing = new Set(values.map(([, type]) => type).filter((type) => types && !types.has(type)));
  const says = [
    ...lacks.map((type) => `CloudFormation does not have ${type} in ${region}: a stack that needs it fails.`),
    ...[...missing].map(
      (type) => `${type} is not among the instance types of ${region} below. Newer ones may not be in that list.`,
    ),
  ];
  show('region-fault', says.length > 0);
  byId('region-fault').textContent = says.join(' ');
}

/** The types of the page's list for a region; undefined where the list does not know the region. */
function instanceTypes(region: string): ReadonlySet<string> | undefined {
  const list = document.querySelector<HTMLElement>('[data-types]');
  if (!list || !list.dataset['types']!.split(' ').includes(region)) return undefined;
  const lines = [...list.children].map(({ textContent }) => textContent!.split(' in '));
  const there = lines.filter(([, where]) => where === undefined || where.split(', ').includes(region));
  const families = there.map(([types]) => types!.split(': '));
  return new Set(families.flatMap(([family, sizes]) => sizes!.split(', ').map((size) => `${family}.${size}`)));
}
