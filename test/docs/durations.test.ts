import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { durationOf } from '../../src/launch/page/durations.ts';

// The launch page tells the durations of its stacks; the pages for launchers tell the same.
test.each([
  ['launchpad', 'README.md', 'your name and your public key; after # you log in'],
  ['launchpad', 'docs/launcher.md', 'Nothing more is to do for #.'],
  ['launchpad-trial', 'docs/launcher.md', 'Nothing more is to do for #.'],
  ['prerequisites', 'docs/launcher.md', '| network, certificate, load balancer, the scripts of the nodes | # |'],
  ['prerequisites', 'docs/small-stacks.md', 'choose **Create stack**. Wait #.'],
  ['directory', 'docs/launcher.md', 'the accounts that nodes search with | # |'],
  [
    'directory',
    'docs/small-stacks.md',
    'the form of **directory**, all filled in. Tick the box again and create the stack. Wait #.',
  ],
  [
    'people',
    'docs/small-stacks.md',
    'It makes the accounts that nodes search with, the groups, and you as the first administrator. Wait #.',
  ],
  ['directory', 'docs/architecture.svg', '>side by side: #<'],
  ['directory', 'docs/lab/rehearsal.md', 'which are up before | #; so the stack takes as long |'],
  ['cluster', 'docs/launcher.md', '| cluster | # |'],
  ['cluster', 'docs/small-stacks.md', 'Create the stack, with the box ticked again. Wait #.'],
  ['access', 'docs/access.md', 'It takes #.'],
])('%s: %s says how long it takes, as the launch page does', (stack, page, words) => {
  expect(readFileSync(page, 'utf8')).toContain(words.replace('#', durationOf(stack)!));
});

test('of a stack that nobody has estimated nothing is said', () => {
  for (const stack of ['other', 'constructor']) expect(durationOf(stack)).toBeUndefined();
});
