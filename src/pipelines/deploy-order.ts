import type { StackNow, Stacks } from '../deploy/stacks.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { isWhole, PART_STACK_NAMES, STACK_NAMES } from '../stacks/stack-name.ts';
import type { SourceTemplate } from './deploy-source.ts';

/** The stacks that together are a cluster, in the order in which they are made; access is added later. */
const PARTS: readonly string[] = PART_STACK_NAMES.filter((name) => name !== 'access');

/** The stacks of everything: of one of them all that is added later takes what it needs. */
const WHOLE: readonly string[] = STACK_NAMES.filter(isWhole);

/**
 * The stacks that are deployed: the one asked for; else the launchpad, where there is one and the small ones are not
 * wanted; else these.
 * @throws Refusal PL8513 for one that there is not
 */
export function stacksToDeploy(
  templates: readonly SourceTemplate[],
  { stack: asked, smallStacks = false }: { readonly stack?: string; readonly smallStacks?: boolean },
): readonly SourceTemplate[] {
  const has = (name: string) => templates.some(({ stack }) => stack === name);
  const wanted = asked === undefined ? (has('launchpad') && !smallStacks ? ['launchpad'] : PARTS) : [asked];
  const found = wanted.flatMap((name) => templates.filter(({ stack }) => stack === name));
  if (found.length > 0 && (asked === undefined || found.length === wanted.length)) return found;
  throw refuse({
    code: 'PL8513',
    message: `There is no template of ${wanted.join(', ')}.`,
    hint: `There is one of: ${templates.map(({ stack }) => stack).join(', ') || 'nothing'}.`,
  });
}

/**
 * Why one of the stacks is not made, in a sentence; undefined where it is.
 * @param before outputs of the stacks before it
 */
export function leftOut(stack: string, before: Readonly<Record<string, string>>): string | undefined {
  if (stack !== 'people' || before['DirectoryId'] !== undefined) return undefined;
  return 'Left out: only of a directory that the stack directory has made is Admin known, who makes people.';
}

/** The stacks whose outputs a stack takes what it asks for from, the nearest last. */
export function stacksBefore(stack: string): readonly string[] {
  if (WHOLE.includes(stack)) return [];
  const place = PARTS.indexOf(stack);
  return place >= 0 ? PARTS.slice(0, place) : [...WHOLE, ...PARTS];
}

/** What the stacks before it give to a stack: an output goes into the parameter of the same name. */
export async function outputsBefore(
  stacks: Stacks,
  project: string,
  stack: string,
): Promise<Readonly<Record<string, string>>> {
  const before = await Promise.all(stacksBefore(stack).map((name) => stacks.describe(`${project}-${name}`)));
  return Object.assign({}, ...before.map((found) => found?.outputs ?? {}));
}

/** All stacks of a project that are there, in the order in which they are made. @throws Refusal PL8501 */
export async function projectStacks(stacks: Stacks, project: string): Promise<readonly StackNow[]> {
  const found = await Promise.all(STACK_NAMES.map((name) => stacks.describe(`${project}-${name}`)));
  return found.filter((stack) => stack !== undefined).filter(({ status }) => status !== 'DELETE_COMPLETE');
}
