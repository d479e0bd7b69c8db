import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import { deployStack } from '../deploy/deploy-stack.ts';
import type { DeployedStack } from '../deploy/deployed-stack.ts';
import { checkGiven } from '../deploy/parameters.ts';
import { type Remembered, rememberStack } from '../deploy/remembered.ts';
import { openStacks, type Stacks } from '../deploy/stacks.ts';
import type { Talk } from '../deploy/talk.ts';
import { wantedOfTemplates } from '../deploy/wanted-of-templates.ts';
import { type Diagnostic, fails } from '../diagnostics/diagnostic.ts';
import { Refusal, throwFaults } from '../diagnostics/refusal.ts';
import { checkStackName } from '../launch/quick-create-url.ts';
import { parametersOf } from '../launch/template-parameter.ts';
import { updateRefusals, withdrawnFaults } from './check-deployable.ts';
import { copyScripts } from './copy-scripts.ts';
import { leftOut, outputsBefore, projectStacks, stacksToDeploy } from './deploy-order.ts';
import { type DeploySource, openSource, type SourceTemplate } from './deploy-source.ts';
import type { SourceOptions } from './source-options.ts';
import { unanswered } from './unanswered.ts';

/** What is deployed, and how. */
export interface DeployOptions extends SourceOptions {
  /** Only this stack. Default: launchpad where the templates have it, else the small ones in their order. */
  readonly stack?: string;
  /** The small stacks in their order, also where the templates have the launchpad. */
  readonly smallStacks?: boolean;
  /** Stacks are called `STACKNAME-STACK`. Default: the project's name. */
  readonly stackName?: string;
  readonly given: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What earlier runs were given, and the file in which it is. */
  readonly remembered: Remembered;
  readonly answers: string;
  /** Deploys a release that was withdrawn, too. Default: `false`. */
  readonly allowWithdrawn?: boolean;
  /** Whether the account is looked at first. */
  readonly preflight: boolean;
  readonly talk: Omit<Talk, 'remember'>;
  /** Is told what preflight found, before it stops. */
  onFindings(findings: readonly Diagnostic[]): void | Promise<void>;
}

/** The stacks that are there now, in their order. */
export interface Deployed {
  readonly region: string;
  readonly version: string | undefined;
  readonly stacks: readonly DeployedStack[];
}

/**
 * Deploys the stacks of a release, or of the configuration: each from what the stacks before it give. Ends with the first
 * one that somebody declines.
 * @throws Refusal PL4061 for a release that was withdrawn, PL4064 where it takes no updates from stacks that are there,
 *   and as `openSource`, `deployStack` and `preflightAccount` do
 */
export async function deploy(config: Config, options: DeployOptions): Promise<Deployed> {
  const { given, secrets, talk, stackName: project = config.project.name, endpointUrl } = options;
  const source = await openSource(config, options);
  const chosen = stacksToDeploy(source.templates, options);
  const names = chosen.map(({ stack }) => `${project}-${stack}`);
  checkBeforehand(source, chosen, names, options);
  const region = chooseRegion(options.region, options.env);
  const stacks = await openStacks({ region, endpointUrl });
  const made: DeployedStack[] = [];
  try {
    if (source.listed?.minimumFrom !== undefined) {
      const wanted = chosen.map(({ stack, file }) => ({ name: `${project}-${stack}`, file }));
      throwFaults(await updateRefusals(source, await projectStacks(stacks, project), wanted, stacks.place));
    }
    const sourcesOf = (name: string) => ({
      ...{ given, secrets, remembered: options.remembered.stacks[`${region}/${name}`]?.values ?? {} },
    });
    const mayLeaveOut = options.stack === undefined;
    if (talk.ask === undefined) throwFaults(await unanswered(stacks, { project, chosen, mayLeaveOut, sourcesOf }));
    let looked = !options.preflight;
    for (const template of chosen) {
      const name = `${project}-${template.stack}`;
      const key = `${region}/${name}`;
      const outputs = await outputsBefore(stacks, project, template.stack);
      const why = mayLeaveOut ? leftOut(template.stack, outputs) : undefined;
      if (why !== undefined) {
        talk.onEvent({ event: 'note', stack: name, text: `${why} ${BY_HAND}` });
        continue;
      }
      const { remembered } = sourcesOf(name);
      const sources = { given: only(template, given), secrets: only(template, secrets), outputs, remembered };
      const check = async (values: Readonly<Record<string, string>>, isNew: boolean) => {
        if (looked || !isNew) return;
        looked = true;
        await preflight(chosen, { ...allRemembered(options, region), ...given, ...values }, region, name, options);
      };
      const whole: Talk = { ...talk, remember: (values) => rememberStack(options.answers, key, { values }) };
      const done = await deployStack(stacks, { name, template, sources }, whole, check);
      made.push(done);
      if (done.result === 'declined') break;
      await afterStack(source, done, { region, endpointUrl }, talk);
    }
  } finally {
    stacks.close();
  }
  return { region, version: source.version, stacks: made };
}

/**
 * Refuses what can be refused before AWS is asked, and tells of a release that was withdrawn and is wanted all the same, or
 * of which nobody knows that.
 */
function checkBeforehand(
  source: DeploySource,
  chosen: readonly SourceTemplate[],
  names: readonly string[],
  { given, secrets, talk, allowWithdrawn }: DeployOptions,
): void {
  for (const name of names) checkStackName(name);
  const withdrawn = withdrawnFaults(source);
  throwFaults([...(allowWithdrawn ? [] : withdrawn), ...checkGiven(chosen, { given, secrets })]);
  for (const { message } of [...withdrawn, ...source.unlisted])
    talk.onEvent({ event: 'note', stack: names[0]!, text: message });
}

const BY_HAND = 'Nodes join when their bind account is in the directory: docs/by-hand.md says how it gets there.';

/** What a stack leaves to be done before the next one. */
async function afterStack(
  { scripts, templates }: DeploySource,
  { name, outputs }: DeployedStack,
  place: Stacks['place'],
  { onEvent }: Pick<Talk, 'onEvent'>,
): Promise<void> {
  const bucket = outputs['NodeBucketName'];
  if (scripts !== undefined && bucket !== undefined && outputs['CopyScriptsCommand'] !== undefined) {
    const written = await copyScripts(bucket, scripts, place);
    const text = written === 0 ? 'The node scripts are in the bucket already.' : `${written} node scripts were copied.`;
    onEvent({ event: 'note', stack: name, text });
  }
  const hasPeople = templates.some(({ stack }) => stack === 'people');
  if (name.endsWith('-directory') && !hasPeople) onEvent({ event: 'note', stack: name, text: BY_HAND });
}

async function preflight(
  templates: readonly SourceTemplate[],
  values: Readonly<Record<string, string>>,
  region: string,
  stack: string,
  { talk, onFindings, endpointUrl }: DeployOptions,
): Promise<void> {
  const wanted = wantedOfTemplates(templates, values, region);
  if (wanted === undefined) return;
  const { preflightAccount } = await import('../preflight/preflight-account.ts');
  talk.onEvent({ event: 'note', stack, text: 'Looking in the account what would have the launch refused.' });
  const found = await preflightAccount(wanted, false, endpointUrl);
  talk.onEvent({ event: 'preflight', stack, findings: found.length });
  if (fails(found)) throw new Refusal(found);
  if (found.length > 0) await onFindings(found);
}

/** What is remembered of all stacks of the region: preflight looks at the values of stacks that are still to come. */
function allRemembered({ remembered }: DeployOptions, region: string): Readonly<Record<string, string>> {
  const all = Object.entries(remembered.stacks).filter(([key]) => key.startsWith(`${region}/`));
  return Object.assign({}, ...all.map(([, { values }]) => values));
}

function only({ value }: SourceTemplate, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = parametersOf(value);
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(own, name)));
}
