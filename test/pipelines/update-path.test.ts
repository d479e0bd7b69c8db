import { expect, test } from 'vitest';
import type { TemplateChange } from '../../src/diff/release-diff.ts';
import type { ResourceChange, TemplateDiff } from '../../src/diff/template-diff.ts';
import { stackUpdates, updatePathAsMarkdown } from '../../src/pipelines/update-path.ts';

const NOTHING: TemplateDiff = {
  ...{ resources: [], parameters: [], outputs: [], conditions: [], mappings: [], rules: [], sections: [] },
};

/** A template that differs in these resources: name, action, chance. */
function changed(file: string, ...resources: [string, ResourceChange['action'], ResourceChange['chance']][]) {
  const all = resources.map(([name, action, chance]) => ({
    ...{ name, action, chance, type: 'AWS::S3::Bucket', properties: [], attributes: [], notes: [] },
  }));
  return { file, action: 'change', diff: { ...NOTHING, resources: all } } satisfies TemplateChange;
}

const TEMPLATES = [
  changed('own.yaml'),
  changed(
    'cluster.yaml',
    ['A', 'replace', 'yes'],
    ['B', 'replace', 'maybe'],
    ['C', 'toggle', 'maybe'],
    ['U', 'update', 'yes'],
  ),
  { file: 'access.yaml', action: 'add' },
  changed('prerequisites.yaml', ['D', 'remove', 'yes'], ['E', 'refuse', 'yes']),
] satisfies TemplateChange[];

test('stacks in the order of a launch, with what their update does; a stack that is new is none', () => {
  expect(stackUpdates(TEMPLATES)).toEqual([
    { stack: 'prerequisites', refused: ['E'], replaced: [], perhaps: [], removed: ['D'] },
    { stack: 'cluster', refused: [], replaced: ['A'], perhaps: ['B', 'C'], removed: [] },
    { stack: 'own', refused: [], replaced: [], perhaps: [], removed: [] },
  ]);
});

test('as Markdown: one step, and several', () => {
  const [first, ...others] = stackUpdates(TEMPLATES);
  const step = { from: 'a', to: 'b', stacks: [{ ...first!, link: 'https://x' }, ...others] };
  const list = `Update those of these stacks that you have, in this order, each when the one before it is complete:

1. [\`prerequisites\`](https://x): **CloudFormation refuses the update** for \`E\`; removes \`D\`.
2. \`cluster\`: **replaces** \`A\`; may replace or remove \`B\`, \`C\`.
3. \`own\`: nothing is replaced.`;
  expect(updatePathAsMarkdown([step])).toBe(`### Update\n\n${list}`);
  expect(updatePathAsMarkdown([step, { from: 'b', to: 'c', stacks: [] }])).toBe(
    `### Update\n\nUpdate through 2 releases, one after the other.\n\n**1. To b**\n\n${list}\n\n**2. To c**\n\nNo stack has to be updated.`,
  );
});
