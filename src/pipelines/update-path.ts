import type { TemplateChange } from '../diff/release-diff.ts';
import type { ResourceChange } from '../diff/template-diff.ts';
import { STACK_NAMES } from '../stacks/stack-name.ts';

/** What the update of one stack does to its resources, by their logical ids. */
export interface StackUpdate {
  /** Name of the stack, or of a template that is of none. */
  readonly stack: string;
  /** CloudFormation refuses the update for these. */
  readonly refused: readonly string[];
  readonly replaced: readonly string[];
  /** Whether they are replaced or removed depends on values. */
  readonly perhaps: readonly string[];
  readonly removed: readonly string[];
  /** Opens the console's form of the update; left out where the release is not in S3. */
  readonly link?: string | undefined;
}

/** One update of all stacks, from a release to another. */
export interface UpdateStep {
  readonly from: string;
  readonly to: string;
  /** In the order in which they are updated. */
  readonly stacks: readonly StackUpdate[];
}

/**
 * The stacks that an update changes, in the order in which they are launched, which is that of updates too: each takes
 * outputs of those before it.
 */
export function stackUpdates(templates: readonly TemplateChange[]): readonly StackUpdate[] {
  const place = ({ file }: TemplateChange) => {
    const at = (STACK_NAMES as readonly string[]).indexOf(stackOf(file));
    return at < 0 ? STACK_NAMES.length : at;
  };
  const changed = templates.filter(({ action }) => action === 'change');
  return [...changed]
    .sort((a, b) => place(a) - place(b))
    .map(({ file, diff }) => effect(stackOf(file), diff!.resources));
}

function stackOf(file: string): string {
  return file.replace(/\.yaml$/, '');
}

function effect(stack: string, resources: readonly ResourceChange[]): StackUpdate {
  const named = (wanted: (one: ResourceChange) => boolean) => resources.filter(wanted).map(({ name }) => name);
  return {
    stack,
    refused: named(({ action }) => action === 'refuse'),
    replaced: named(({ action, chance }) => action === 'replace' && chance === 'yes'),
    perhaps: named(({ action, chance }) => action === 'toggle' || (action === 'replace' && chance === 'maybe')),
    removed: named(({ action }) => action === 'remove'),
  };
}

/** The path of an update as Markdown: a list of stacks for each step. */
export function updatePathAsMarkdown(steps: readonly UpdateStep[]): string {
  if (steps.length === 1) return `### Update\n\n${stepAsMarkdown(steps[0]!)}`;
  const parts = steps.map((step, at) => `**${at + 1}. To ${step.to}**\n\n${stepAsMarkdown(step)}`);
  return [`### Update\n\nUpdate through ${steps.length} releases, one after the other.`, ...parts].join('\n\n');
}

function stepAsMarkdown({ stacks }: UpdateStep): string {
  if (stacks.length === 0) return 'No stack has to be updated.';
  const lines = stacks.map((one, at) => `${at + 1}. ${linked(one)}: ${effectAsMarkdown(one)}`);
  return `Update those of these stacks that you have, in this order, each when the one before it is complete:\n\n${lines.join('\n')}`;
}

function linked({ stack, link }: StackUpdate): string {
  return link === undefined ? `\`${stack}\`` : `[\`${stack}\`](${link})`;
}

function effectAsMarkdown({ refused, replaced, perhaps, removed }: StackUpdate): string {
  const words = [
    ...(refused.length > 0 ? [`**CloudFormation refuses the update** for ${codes(refused)}`] : []),
    ...(replaced.length > 0 ? [`**replaces** ${codes(replaced)}`] : []),
    ...(perhaps.length > 0 ? [`may replace or remove ${codes(perhaps)}`] : []),
    ...(removed.length > 0 ? [`removes ${codes(removed)}`] : []),
  ];
  return words.length === 0 ? 'nothing is replaced.' : `${words.join('; ')}.`;
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
