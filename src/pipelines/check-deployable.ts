import type { StackNow } from '../deploy/stacks.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { updateFaults } from '../publish/releases/update-path.ts';
import { withdrawnWarnings } from '../publish/releases/withdrawn.ts';
import { versionOf } from '../status/stack-status.ts';
import type { DeploySource } from './deploy-source.ts';

/** Statuses of a name: what is deployed under it is made, and not updated. */
const NOTHING_MADE: readonly string[] = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE'];

/** That a release was withdrawn, which keeps it from being deployed. */
export function withdrawnFaults({ listed }: DeploySource): readonly Diagnostic[] {
  const hint = 'Deploy another release: podlaunch releases lists them. To deploy it all the same: --allow-withdrawn.';
  return withdrawnWarnings(listed).map((found) => ({ ...found, severity: 'error', hint }));
}

/**
 * Which of the stacks that are there the release takes no update from. Only a stack that copies
 * scripts says its release for certain, because a new one always changes it; it speaks for the others of its project.
 * @param all stacks of the project
 * @param names those that are deployed
 */
export function updateRefusals(
  { listed, history }: DeploySource,
  all: readonly StackNow[],
  names: readonly string[],
): readonly Diagnostic[] {
  const there = all.filter(({ status }) => !NOTHING_MADE.includes(status));
  const known = there.flatMap(({ parameters }) => versionOf(parameters) ?? []);
  return there
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, parameters }) => {
      const own = versionOf(parameters);
      const versions = own === undefined ? known : [own];
      const [fault] = versions.flatMap((from) => updateFaults(from, listed, history));
      return fault === undefined ? [] : [{ ...fault, message: `${name}: ${fault.message}` }];
    });
}
