import { expect, test } from 'vitest';
import type { Link } from '../../src/launch/make-links.ts';
import { linksAsHtml, linksAsMarkdown, linksAsText } from '../../src/launch/render-links.ts';

const link = (stack: Link['stack'], region: string): Link => ({
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
const button = 'https://s3.amazonaws.com/cloudformation-examples/cloudformation-launch-stack.png';

test('text', () => {
  expect(linksAsText(links)).toBe(`us-west-2
  directory  https://us-west-2/?a&b#directory
  cluster    https://us-west-2/?a&b#cluster

eu-west-1
  directory  https://eu-west-1/?a&b#directory
  cluster    https://eu-west-1/?a&b#cluster
`);
});

test('Markdown: a row for each region', () => {
  const badge = (stack: string, region: string) =>
    `[![Launch ${stack} in ${region}](${button})](https://${region}/?a&b#${stack})`;
  expect(linksAsMarkdown(links)).toBe(`| Region | directory | cluster |
| --- | --- | --- |
| us-west-2 | ${badge('directory', 'us-west-2')} | ${badge('cluster', 'us-west-2')} |
| eu-west-1 | ${badge('directory', 'eu-west-1')} | ${badge('cluster', 'eu-west-1')} |
`);
  expect(linksAsMarkdown(links.slice(0, 1))).toBe(`${badge('directory', 'us-west-2')}\n`);
});

test('HTML: ampersands escaped', () => {
  expect(linksAsHtml(links.slice(0, 1))).toBe(
    `<a href="https://us-west-2/?a&amp;b#directory" target="_blank" rel="noopener"><img src="${button}" alt="Launch directory in us-west-2"></a>\n`,
  );
});
