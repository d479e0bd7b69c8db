import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diffAsMarkdown } from '../diff/render-markdown.ts';
import { makeLinks, unreadTemplate } from '../launch/make-links.ts';
import type { Target } from '../release/target.ts';
import { STACK_NAMES } from '../stacks/stack-name.ts';
import { chooseTarget } from './choose-target.ts';
import { type ComparedReleases, type DiffOptions, diff } from './diff.ts';
import { stackUpdates, type UpdateStep, updatePathAsMarkdown } from './update-path.ts';

/** What changes from one release to another, for people who have stacks of the one. */
export interface Changelog {
  /** Markdown: what differs, and how stacks are updated. */
  readonly text: string;
  /** The updates that lead there, one after the other: several where a release takes none from the first. */
  readonly updates: readonly UpdateStep[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes what changes between two releases: the path of an update (through which releases, which stacks in which order,
 * what is replaced in each), and the diff.
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
  const updates = await updatePath(config, [before, after], { ...found, from: found.before, to: found.after }, options);
  const [heading, ...body] = diffAsMarkdown(found).split('\n\n');
  const parts = [heading!, ...(facts.length > 0 ? [facts.join(' ')] : []), updatePathAsMarkdown(updates), ...body];
  return { text: parts.join('\n\n'), updates, diagnostics };
}

/** What an update is between. */
type Compared = Pick<ComparedReleases, 'templates' | 'version' | 'through'> & Pick<UpdateStep, 'from' | 'to'>;

/** The updates from one side to the other: through the releases that are on the way. */
async function updatePath(
  config: Config,
  [before, after]: readonly [string, string | undefined],
  found: Compared,
  options: DiffOptions,
): Promise<readonly UpdateStep[]> {
  const { cwd = '.', env = process.env } = options;
  const target = chooseTarget(config, options, { cwd, env });
  const { through = [] } = found;
  if (through.length < 2) return [stepOf(config, found, target)];
  const names = [before, ...through.slice(0, -1)];
  const hops = names.map((name, at) => diff(config, name, at + 1 < names.length ? names[at + 1] : after, options));
  return (await Promise.all(hops)).map((hop) => stepOf(config, { ...hop, from: hop.before, to: hop.after }, target));
}

/** One update, with a link for each stack where the release is in S3. */
function stepOf({ project }: Config, { from, to, templates, version }: Compared, target: Target): UpdateStep {
  const stacks = stackUpdates(templates);
  if (version === undefined || target.kind !== 's3') return { from, to, stacks };
  const known = STACK_NAMES.filter((name) => stacks.some(({ stack }) => stack === name));
  const links = makeLinks({
    ...{ target, version, project: project.name, regions: [target.region], update: true },
    templates: known.map(unreadTemplate),
  });
  const urls = new Map<string, string>(links.map(({ stack, url }) => [stack, url]));
  return { from, to, stacks: stacks.map((one) => ({ ...one, link: urls.get(one.stack) })) };
}

/** A publisher's words as plain text in Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|&!~]/g, '\\$&');
}
