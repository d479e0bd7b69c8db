import { isWhole } from '../stacks/stack-name.ts';
import type { Link } from './make-links.ts';

/** What an update link's form asks of whoever opens it. */
const UPDATE =
  'Open the links of the stacks that you have, from top to bottom, each when the one before it is complete. Where the form asks for ReleaseKeyPrefix, choose the one value that it offers.';

/** How to go about the links of these stacks, as a sentence for people; nothing where there is only one to launch. */
export function howToLaunch(links: readonly Pick<Link, 'stack' | 'action'>[]): string {
  if (links[0]?.action === 'update') return UPDATE;
  const stacks = [...new Set(links.map(({ stack }) => stack))];
  const whole = stacks.filter(isWhole);
  const isInParts = stacks.length > whole.length;
  if (stacks.length < 2) return '';
  if (whole.length === 0) return 'Launch from top to bottom, each when the one before it is complete.';
  const kept = whole.length > 1 ? ' (launchpad-trial: for a trial, deleting it deletes all data)' : '';
  const parts =
    ' The others are the same in parts: launch them from top to bottom, each when the one before it is complete.';
  return `Launch ${whole[0]}: it is everything in one stack${kept}.${isInParts ? parts : ''}`;
}

/** Links as text: a block for each region. */
export function linksAsText(links: readonly Link[]): string {
  const width = Math.max(...links.map(({ stack }) => stack.length));
  const blocks = byRegion(links).map(([region, ofRegion]) =>
    [region, ...ofRegion.map(({ stack, url }) => `  ${stack.padEnd(width)}  ${url}`)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Links as Markdown, with no picture from elsewhere: one alone, or a table with a row for each region. */
export function linksAsMarkdown(links: readonly Link[]): string {
  if (links.length === 1) return `[${words(links[0]!)} in ${links[0]!.region}](${links[0]!.url})\n`;
  const stacks = [...new Set(links.map(({ stack }) => stack))];
  const parts = stacks.filter((stack) => !isWhole(stack));
  const heads = stacks.map((stack) => (parts.length > 1 && parts.includes(stack) ? numbered(stack, parts) : stack));
  const cell = (link: Link) => `[${words(link)}](${link.url})`;
  const rows = byRegion(links).map(([region, ofRegion]) => [region, ...ofRegion.map(cell)]);
  const table = [['Region', ...heads], ['---', ...heads.map(() => '---')], ...rows];
  return table.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** What the link does: `Launch cluster`. */
function words({ action, stack }: Link): string {
  return `${action === 'create' ? 'Launch' : 'Update'} ${stack}`;
}

function numbered(stack: Link['stack'], parts: readonly Link['stack'][]): string {
  return `${parts.indexOf(stack) + 1}. ${stack}`;
}

const SECTION = 'font: 16px/1.5 system-ui, sans-serif';
const BUTTON =
  'display: inline-block; padding: 0.3em 0.9em; border-radius: 0.3em; background: #0b5cad; color: #fff; text-decoration: none';

/**
 * Links as a piece of HTML to paste into a page: the version, and for each region its buttons, those of parts in the order
 * in which they are launched. It loads nothing from elsewhere, and without its styles it is a list of plain links.
 */
export function linksAsHtml(links: readonly Link[], version: string): string {
  const sentences = [
    `Release ${escaped(version)}.`,
    howToLaunch(links),
    byRegion(links).length > 1 ? 'Stay in one of the regions.' : '',
  ];
  const regions = byRegion(links).map(([region, ofRegion]) =>
    [
      `<h3>${escaped(region)}</h3>`,
      ...list(
        'ul',
        ofRegion.filter(({ stack }) => isWhole(stack)),
      ),
      ...list(
        'ol',
        ofRegion.filter(({ stack }) => !isWhole(stack)),
      ),
    ].join('\n'),
  );
  return [
    `<section style="${SECTION}">`,
    `<h2>${links[0]?.action === 'update' ? 'Update' : 'Launch'} with AWS CloudFormation</h2>`,
    `<p>${sentences.filter(Boolean).join(' ')}</p>`,
    ...regions,
    '</section>\n',
  ].join('\n');
}

function list(tag: 'ul' | 'ol', links: readonly Link[]): readonly string[] {
  return links.length === 0 ? [] : [`<${tag}>`, ...links.map(item), `</${tag}>`];
}

function item(made: Link): string {
  const text = `${escaped(words(made))} <small>in ${escaped(made.region)}</small>`;
  const link = `<a href="${escaped(made.url)}" target="_blank" rel="noopener noreferrer" style="${BUTTON}">${text}</a>`;
  return `<li style="margin: 0.6em 0">${link}</li>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function byRegion(links: readonly Link[]): [string, Link[]][] {
  const regions = [...new Set(links.map(({ region }) => region))];
  return regions.map((region) => [region, links.filter((link) => link.region === region)]);
}
