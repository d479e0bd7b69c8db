import { expect, test } from 'vitest';
import type { Link } from '../../src/launch/make-links.ts';
import { howToLaunch, linksAsHtml, linksAsMarkdown, linksAsText } from '../../src/launch/render-links.ts';
import { STACK_NAMES } from '../../src/stacks/stack-name.ts';

const link = (stack: Link['stack'], region: string): Link => ({
  action: 'create',
  stack,
  region,
  url: `https://${region}/?a&b#${stack}`,
});
const links = [
  link('directory', 'us-west-2'),
  link('cluster', 'us-west-2'),
  link('directory', 'eu-west-1'),
  link('cluster', 'eu-west-1'),
];

test('text', () => {
  expect(linksAsText(links)).toBe(`us-west-2
  directory  https://us-west-2/?a&b#directory
  cluster    https://us-west-2/?a&b#cluster

eu-west-1
  directory  https://eu-west-1/?a&b#directory
  cluster    https://eu-west-1/?a&b#cluster
`);
});

test('Markdown: a row for each region, the stacks in their order', () => {
  const cell = (stack: string, region: string) => `[Launch ${stack}](https://${region}/?a&b#${stack})`;
  expect(linksAsMarkdown(links)).toBe(`| Region | 1. directory | 2. cluster |
| --- | --- | --- |
| us-west-2 | ${cell('directory', 'us-west-2')} | ${cell('cluster', 'us-west-2')} |
| eu-west-1 | ${cell('directory', 'eu-west-1')} | ${cell('cluster', 'eu-west-1')} |
`);
  expect(linksAsMarkdown(links.slice(0, 1))).toBe(
    '[Launch directory in us-west-2](https://us-west-2/?a&b#directory)\n',
  );
});

test('HTML: version, regions, and in each the buttons in their order, with words on them', () => {
  const html = linksAsHtml(links, '1.0.0');
  const words = html.replace(/<[^>]*>/g, '').replace(/\n+/g, '\n');
  expect(words).toBe(`
Launch with AWS CloudFormation
Release 1.0.0. Launch from top to bottom, each when the one before it is complete. Stay in one of the regions.
us-west-2
Launch directory in us-west-2
Launch cluster in us-west-2
eu-west-1
Launch directory in eu-west-1
Launch cluster in eu-west-1
`);
  expect(html).toContain('href="https://us-west-2/?a&#38;b#directory"');
  expect(html.match(/<ol>/g)).toHaveLength(2);
  expect(html).not.toContain('<ul>');
});

test('everything in one stack is first, and has no number: the numbers are those of the parts', () => {
  const all = STACK_NAMES.map((stack) => link(stack, 'us-west-2'));
  expect(linksAsMarkdown(all).split('\n')[0]).toBe(
    '| Region | launchpad | launchpad-trial | 1. prerequisites | 2. directory | 3. people | 4. cluster | 5. access |',
  );
  const html = linksAsHtml(all, '1.0.0');
  expect(html).toMatch(
    /<ul>\n.*Launch launchpad .*\n.*Launch launchpad-trial .*\n<\/ul>\n<ol>\n.*Launch prerequisites /,
  );
  expect(howToLaunch(all)).toMatch(/^Launch launchpad: .*launchpad-trial: .* The others .* from top to bottom/);
  expect(howToLaunch(all.slice(0, 2))).not.toContain('others');
  expect(howToLaunch(all.slice(0, 1))).toBe('');
});

test('links for updates say so, and what to choose in the form', () => {
  const updates = links.map((one): Link => ({ ...one, action: 'update' }));
  expect(howToLaunch(updates.slice(0, 1))).toContain('ReleaseKeyPrefix');
  expect(linksAsMarkdown(updates)).toContain('[Update directory](');
  expect(linksAsMarkdown(updates) + linksAsHtml(updates, '1.0.0')).not.toContain('Launch');
});

test('HTML and Markdown load nothing from elsewhere, and text in them is text', () => {
  const both = linksAsHtml(links, '1"><script>') + linksAsMarkdown(links);
  expect(both).not.toMatch(/<(?:img|script|link|iframe)|!\[|src=|url\(|@import/);
  expect(both).toContain('Release 1&#34;&#62;&#60;script&#62;');
});
