import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ReleaseDiff } from '../diff/release-diff.ts';
import { diffAsMarkdown } from '../diff/render-markdown.ts';
import type { ResourceChange, TemplateDiff } from '../diff/template-diff.ts';
import { STACK_NAMES } from '../stacks/stack-name.ts';
import { type DiffOptions, diff } from './diff.ts';

/** What changes from one release to another, for people who have stacks of the one. */
export interface Changelog {
  /** Markdown: what differs, and how stacks are updated. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes what changes between two releases: the diff, and the path of an update: which stacks, in which order, and what
 * is replaced in each.
 * @param before, after as for `diff`
 * @throws Refusal as `diff` does
 */
export async function changelog(
  config: Config,
  before: string,
  after?: string,
  options: DiffOptions = {},
): Promise<Changelog> {
  const { diagnostics, listed, ...found } = await diff(config, before, after, options);
  const { publishedAt, minimumFrom, withdrawn } = listed ?? {};
  const facts = [
    ...(publishedAt === undefined ? [] : [`Published on ${publishedAt.slice(0, 10)}.`]),
    ...(withdrawn ? [`**Withdrawn on ${withdrawn.at.slice(0, 10)}:** ${escaped(withdrawn.why)}`] : []),
    ...(minimumFrom === undefined ? [] : [`Stacks of releases before ${minimumFrom} cannot be updated to this one.`]),
  ];
  const [heading, ...body] = diffAsMarkdown(found).split('\n\n');
  const parts = [heading!, ...(facts.length > 0 ? [facts.join(' ')] : []), updatePath(found), ...body];
  return { text: parts.join('\n\n'), diagnostics };
}

/** Stacks in the order in which they are launched, which is that of updates too: each takes outputs of those before it. */
function updatePath({ templates }: ReleaseDiff): string {
  const fileOf = (stack: string) => `${stack}.yaml`;
  const changed = STACK_NAMES.flatMap((stack) => templates.filter(({ file }) => file === fileOf(stack)));
  const others = templates.filter((one) => !changed.includes(one));
  const steps = [...changed, ...others].filter(({ action }) => action === 'change');
  if (steps.length === 0) return '### Update\n\nNo stack has to be updated.';
  const lines = steps.map(
    ({ file, diff: found }, at) => `${at + 1}. \`${file.replace(/\.yaml$/, '')}\`: ${effect(found!)}`,
  );
  return `### Update\n\nUpdate these stacks in this order, each when the one before it is complete:\n\n${lines.join('\n')}`;
}

function effect({ resources }: TemplateDiff): string {
  const named = (wanted: (one: ResourceChange) => boolean) => resources.filter(wanted).map(({ name }) => `\`${name}\``);
  const replaced = named(({ action, chance }) => action === 'replace' && chance === 'yes');
  const perhaps = named(({ action, chance }) => action === 'toggle' || (action === 'replace' && chance === 'maybe'));
  const removed = named(({ action }) => action === 'remove');
  const refused = named(({ action }) => action === 'refuse');
  const words = [
    ...(refused.length > 0 ? [`**CloudFormation refuses the update** for ${refused.join(', ')}`] : []),
    ...(replaced.length > 0 ? [`**replaces** ${replaced.join(', ')}`] : []),
    ...(perhaps.length > 0 ? [`may replace or remove ${perhaps.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removes ${removed.join(', ')}`] : []),
  ];
  return words.length === 0 ? 'nothing is replaced.' : `${words.join('; ')}.`;
}

/** A publisher's words as plain text in Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|&!~]/g, '\\$&');
}
