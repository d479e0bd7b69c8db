import { chooseRegion } from '../cloud/region.ts';
import { refuse } from '../diagnostics/refusal.ts';
import type { PeoplePlan, PeopleRequest, ResetRequest } from '../functions/people/requests.ts';
import type { PeopleFunction } from '../people/open-function.ts';
import { asker } from './ask.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { type Progress, progress } from './progress.ts';

/** Options of all commands for people. */
export interface ChangeOptions extends GlobalOptions {
  readonly stack: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly yes?: true;
}

/** Finds the function of the stack, lets something be asked of it, and lets go of it. */
export async function withPeople<T>(
  cli: Cli,
  { stack, region, endpointUrl }: ChangeOptions,
  act: (people: PeopleFunction, display: Progress) => Promise<T>,
): Promise<T> {
  const { openPeopleFunction } = await import('../people/open-function.ts');
  const display = progress(cli.io, 'Asking the function of the stack');
  try {
    const people = await openPeopleFunction({
      ...{ stack, region: chooseRegion(region, cli.io.env), onWait: (words) => display.update(words) },
      ...(endpointUrl !== undefined && { endpointUrl }),
    });
    try {
      return await act(people, display);
    } finally {
      people.close();
    }
  } finally {
    display.done();
  }
}

/** Says what would be done; the exit code is 1 where it cannot be done. */
export async function showPlan(cli: Cli, options: ChangeOptions, request: PeopleRequest): Promise<void> {
  const found = await withPeople(cli, options, (people) => people.plan(request));
  if (found.problems.length > 0) cli.exitCode = 1;
  await cli.answer({ json: () => found, text: () => planWords(found) });
}

/** Says what will be done, asks, and does it. */
export async function changePeople(cli: Cli, options: ChangeOptions, request: PeopleRequest): Promise<void> {
  await withPeople(cli, options, async (people, display) => {
    const found = await people.plan(request);
    if (found.problems.length > 0) cli.exitCode = 1;
    if (found.problems.length > 0 || found.plan.length === 0) {
      await cli.answer({ json: () => ({ ...found, done: [] }), text: () => planWords(found) });
      return;
    }
    if (!options.yes && !(await agreed(cli, display, found.plan, planWords(found)))) return;
    display.update('Changing people');
    const { done, notes } = await people.apply(request);
    await cli.answer({
      json: () => ({ ...found, notes, done }),
      text: () => [...done.map((words) => `Done: ${words}.`), ...notes].join('\n'),
    });
  });
}

/** Says that a person gets another password, asks, and does it. The password itself never comes here. */
export async function changePassword(cli: Cli, options: ChangeOptions, request: ResetRequest): Promise<void> {
  const { name, reader } = request;
  const plan = `give ${name} a new password, which only ${reader} may read; the one of now ends`;
  await withPeople(cli, options, async (people, display) => {
    if (!options.yes && !(await agreed(cli, display, [plan], `  ${plan}`))) return;
    display.update('Setting the password');
    const { secret, readableUntil } = await people.resetPassword(request);
    const read = `aws secretsmanager get-secret-value --secret-id ${secret} --query SecretString --output text`;
    await cli.answer({
      json: () => ({ secret, readableUntil, reader }),
      text: () => `Done. As ${reader}, and until ${readableUntil}, it is read with\n  ${read}`,
    });
  });
}

async function agreed(cli: Cli, display: Progress, plan: readonly string[], words: string): Promise<boolean> {
  const ask = cli.json ? undefined : asker(cli, display);
  if (ask === undefined) {
    throw refuse({
      code: 'PL9005',
      message: `Nobody can be asked whether to do this: ${plan.join('; ')}.`,
      hint: 'Add --yes to do it without a question.',
    });
  }
  display.pause();
  cli.note(words);
  const isAgreed = await ask('Do this?');
  if (!isAgreed) cli.note('Nothing was changed.');
  return isAgreed;
}

function planWords({ plan, problems, notes }: PeoplePlan): string {
  const lines = [...plan.map((words) => `  ${words}`), ...problems.map((words) => `Not possible: ${words}`), ...notes];
  return [...(plan.length === 0 && problems.length === 0 ? ['Nothing is to be done.'] : []), ...lines].join('\n');
}
