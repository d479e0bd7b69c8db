import type { Link } from './make-links.ts';

/** AWS's own launch button. */
const BUTTON = 'https://s3.amazonaws.com/cloudformation-examples/cloudformation-launch-stack.png';

/** Links as text: a block for each region. */
export function linksAsText(links: readonly Link[]): string {
  const width = Math.max(...links.map(({ stack }) => stack.length));
  const blocks = byRegion(links).map(([region, ofRegion]) =>
    [region, ...ofRegion.map(({ stack, url }) => `  ${stack.padEnd(width)}  ${url}`)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Links as Markdown badges: one alone, or a table with a row for each region. */
export function linksAsMarkdown(links: readonly Link[]): string {
  const badge = ({ stack, region, url }: Link) => `[![Launch ${stack} in ${region}](${BUTTON})](${url})`;
  if (links.length === 1) return `${badge(links[0]!)}\n`;
  const stacks = [...new Set(links.map(({ stack }) => stack))];
  const rows = byRegion(links).map(([region, ofRegion]) => [region, ...ofRegion.map(badge)]);
  const table = [['Region', ...stacks], ['---', ...stacks.map(() => '---')], ...rows];
  return table.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Links as HTML buttons, one on a line. */
export function linksAsHtml(links: readonly Link[]): string {
  return links
    .map(({ stack, region, url }) => {
      const image = `<img src="${BUTTON}" alt="Launch ${stack} in ${region}">`;
      return `<a href="${url.replaceAll('&', '&amp;')}" target="_blank" rel="noopener">${image}</a>\n`;
    })
    .join('');
}

function byRegion(links: readonly Link[]): [string, Link[]][] {
  const regions = [...new Set(links.map(({ region }) => region))];
  return regions.map((region) => [region, links.filter((link) => link.region === region)]);
}
