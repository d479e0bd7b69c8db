import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { StackNow } from '../deploy/stacks.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { updateFaults } from '../publish/releases/update-path.ts';
import { withdrawnWarnings } from '../publish/releases/withdrawn.ts';
import { versionOf } from '../status/stack-status.ts';
import type { DeploySource } from './deploy-source.ts';
import { deployedRelease, type StackOfRelease } from './deployed-release.ts';

/** Statuses of a name: what is deployed under it is made, and not updated. */
const NOTHING_MADE: readonly string[] = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE'];

/** Whether a stack has anything that an update could change. */
export function isMade({ status }: StackNow): boolean {
  return !NOTHING_MADE.includes(status);
}

/** That a release was withdrawn, which keeps it from being deployed. */
export function withdrawnFaults({ listed }: DeploySource): readonly Diagnostic[] {
  const hint = 'Deploy another release: podlaunch releases lists them. To deploy it all the same: --allow-withdrawn.';
  return withdrawnWarnings(listed).map((found) => ({ ...found, severity: 'error', hint }));
}

/**
 * Which of the stacks that are there the release takes no update from. Only a stack that copies scripts says its release,
 * because a new one always changes it. It may have been updated alone, so the template of each other stack is compared
 * with those of the releases that are listed.
 * @param all stacks of the project
 * @param wanted those that are deployed
 * @throws Refusal as `deployedRelease` does
 */
export async function updateRefusals(
  source: DeploySource,
  all: readonly StackNow[],
  wanted: readonly StackOfRelease[],
  place: AwsPlace,
): Promise<readonly Diagnostic[]> {
  const there = all.filter(isMade);
  const known = there.flatMap(({ parameters }) => versionOf(parameters) ?? []);
  const found = await inParallel(wanted, AT_A_TIME, async (one) => {
    const stack = there.find(({ name }) => name === one.name);
    const fault = stack && (await updateFault(source, { ...one, own: versionOf(stack.parameters), known }, place));
    return fault === undefined ? [] : [{ ...fault, message: `${one.name}: ${fault.message}` }];
  });
  return found.flat();
}

/** A stack that is there: the release that it says it is of, and those that others of its project say. */
interface StackToUpdate extends StackOfRelease {
  readonly own: string | undefined;
  readonly known: readonly string[];
}

async function updateFault(
  { listed, history, published }: DeploySource,
  stack: StackToUpdate,
  place: AwsPlace,
): Promise<Diagnostic | undefined> {
  const faultOf = (versions: readonly string[]) => versions.flatMap((from) => updateFaults(from, listed, history))[0];
  const { own, known } = stack;
  const fault = faultOf(own === undefined ? known : [own]);
  if (fault !== undefined || own !== undefined || known.length === 0 || published === undefined) return fault;
  const from = await deployedRelease(stack, published, history.releases, place);
  return from === undefined ? ofNoRelease(stack, listed) : faultOf([from]);
}

/** What is deployed may be older than what the release takes, and nobody can say. */
function ofNoRelease({ file }: StackOfRelease, listed: DeploySource['listed']): Diagnostic {
  const { version, minimumFrom } = listed!;
  return error({
    code: 'PL4064',
    message: `Release ${version} takes updates from ${minimumFrom} on, and its template is of none of the releases that are listed.`,
    hint: `Update this stack first: podlaunch deploy ${file.replace(/\.yaml$/, '')} --version ${minimumFrom}. Where that is refused too, to the oldest release that podlaunch releases lists.`,
  });
}
