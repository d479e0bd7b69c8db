import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refuse, throwFaults } from '../diagnostics/refusal.ts';
import type { Json } from '../document/template-document.ts';
import { checkParameters } from '../launch/check-parameters.ts';
import { checkedRegions } from '../launch/launch-region.ts';
import { makesIam } from '../launch/resource-types.ts';
import { stackSetAccounts } from '../launch/stack-set/accounts.ts';
import { type StackSetTemplate, stackSet } from '../launch/stack-set/stack-set.ts';
import { parametersOf } from '../launch/template-parameter.ts';
import { templateUrl } from '../release/target.ts';
import { chooseS3Target, type TargetOptions } from './choose-target.ts';
import { readersOf } from './readers.ts';

/** Which stack set is made; the target's options win over podlaunch.yaml's. */
export interface StackSetOptions extends TargetOptions {
  /** Who reads the release: `public` (without credentials), `org:o-…` or `accounts:ID,…`. */
  readonly audience?: string;
  /** Default: the release that the channel names. */
  readonly version?: string;
  /** Default: the configuration's. */
  readonly channel?: string;
  /** Units of AWS Organizations. */
  readonly units?: readonly string[];
  /** Accounts, in the place of units. */
  readonly accounts?: readonly string[];
  /** Where the stacks are made. Default: the bucket's region. */
  readonly launchRegions?: readonly string[];
  /** Values of the stack's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Default: where the process runs. */
  readonly cwd?: string;
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A stack set's template, and the release that it makes stacks of. */
export interface MadeStackSet {
  readonly version: string;
  readonly template: StackSetTemplate;
  /** That the release was withdrawn. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The only stack that asks for nothing of an account: the others take outputs of its stacks. */
const STACK = 'prerequisites';

/**
 * Makes the template of a stack set of a release's prerequisites, after looking at the release.
 * @throws Refusal PL5024, PL5025, those of `checkParameters`, of the target and of `findRelease`
 */
export async function makeStackSet(config: Config, options: StackSetOptions): Promise<MadeStackSet> {
  const { cwd = '.', env = process.env, parameters = {}, version, channel = config.publish.channel } = options;
  const accounts = stackSetAccounts(options);
  const target = chooseS3Target(config, options, { cwd, env });
  const regions = checkedRegions(options.launchRegions, target.region);
  const { findRelease } = await import('./find-release.ts');
  const found = await findRelease(target, {
    pin: version === undefined ? { channel } : { version },
    stacks: [STACK],
    ...readersOf(config, options),
  });
  const [stack] = found.templates;
  throwFaults(checkParameters(found.templates, parameters));
  checkAllGiven(stack!.value, parameters);
  const project = config.project.name;
  const template = stackSet({
    ...{ name: `${project}-${STACK}`, project, version: found.version, accounts, regions, parameters },
    url: templateUrl(target, found.version, stack!.file),
    makesIam: makesIam(stack!.value),
  });
  return { version: found.version, template, diagnostics: found.diagnostics };
}

/** Nobody is there to fill in a form. */
function checkAllGiven(template: Json | undefined, given: Readonly<Record<string, string>>): void {
  const missing = Object.entries(parametersOf(template))
    .filter(([name, { Default }]) => Default === undefined && !Object.hasOwn(given, name))
    .map(([name]) => name);
  if (missing.length === 0) return;
  throw refuse({
    code: 'PL5025',
    message: `A stack set asks nobody, and ${missing.join(', ')} of ${STACK} has no default.`,
    hint: `Give it: --param ${missing[0]}=VALUE.`,
  });
}
