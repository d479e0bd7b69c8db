import { askPeople } from '../lib/ask-people.ts';
import { type Context, withDeadline } from '../lib/deadline.ts';
import type { EnvironmentOf, ScheduledOf } from '../lib/declaration.ts';
import { defineSchedule, type Scheduled } from '../lib/define-schedule.ts';
import { directoryPlace, dnOf } from '../lib/directory-place.ts';
import { Fault } from '../lib/fault.ts';
import { randomPassword } from '../lib/random-password.ts';
import { resetPassword } from '../lib/reset-password.ts';
import type { BindTried, PeopleQuestion } from '../people/requests.ts';
import type { rotateBindSecret } from './function.ts';
import { dueStep, type Rules } from './next-step.ts';
import { rotatedSecret } from './rotated-secret.ts';

/** What the schedule says, and what somebody says in an emergency. */
export type RotationCall = Scheduled<ScheduledOf<typeof rotateBindSecret>> | { readonly rotate: 'now' };

const DAY = 86_400_000;
/** Until nodes have refreshed that began to do so late. */
const REFRESH_TAKES = 300_000;

/** Does the step of the rotation that is due; in an emergency all that can be done at once. Throws what failed: an alarm tells of it. */
export async function handler(call: RotationCall, context: Context): Promise<{ readonly done: string } | undefined> {
  if ('StackId' in call) {
    await scheduled(call, context);
    return undefined;
  }
  if (call.rotate !== 'now') throw new Fault('Say {"rotate": "now"}.');
  const done = await withDeadline(context, 'The schedule goes on within 15 minutes.', (stop) => rotate(stop, true));
  return { done };
}

const scheduled = defineSchedule<typeof rotateBindSecret>({
  whenLate: 'It runs again within 15 minutes.',
  whenGone: ['ResourceNotFoundException'],
  run: async (_, { stop }) => void (await rotate(stop, false)),
});

async function rotate(stop: AbortSignal, isEmergency: boolean): Promise<string> {
  const told = process.env as EnvironmentOf<typeof rotateBindSecret>;
  const place = directoryPlace(told.DomainName, told.ShortName);
  const rules: Rules = {
    place,
    oldest: Number(told.RotationDays) * DAY,
    untilKnown: Number(told.RefreshSeconds) * 1000 + REFRESH_TAKES,
  };
  const secret = rotatedSecret(told.BindSecretArn, stop);
  const state = await secret.read();
  measureAge(state.current.created);
  const words = await act();
  console.log(words);
  return words;

  async function act(): Promise<string> {
    const step = dueStep(state, rules, Date.now(), isEmergency);
    switch (step.kind) {
      case 'none':
        return `Nothing to do: ${step.why}.`;
      case 'prepare': {
        const password = randomPassword();
        // First the account: a run that is killed before the secret has the password leaves nothing that a later one would trust.
        await setPassword(step.account, password);
        const bindDn = dnOf(place, 'Users', step.account);
        const version = await secret.prepare({ bindDn, password }, step.isEmergency);
        const done = `${step.account} has a new password.`;
        return step.isEmergency ? `${done} ${await switchTo(version)}` : done;
      }
      case 'switch':
        return switchTo(step.version);
      case 'retire':
        await setPassword(step.account, randomPassword());
        await secret.calmDown(state.current.id);
        return `${step.account}, which nodes used before, has a new password, too. The emergency is over.`;
    }
  }

  async function switchTo(versionId: string): Promise<string> {
    const question: PeopleQuestion = { action: 'try bind', versionId };
    const { opened = [] } = (await askPeople(told.PeopleFunctionArn, question, stop)) as Partial<BindTried>;
    if (opened.length === 0) throw new Fault('The new password was tried at no domain controller.');
    await secret.switch(versionId, state.current.id);
    return `Nodes search with the new password from now on. It was tried at ${opened.join(' and ')}.`;
  }

  function setPassword(UserName: string, NewPassword: string): Promise<void> {
    return resetPassword(told.DirectoryId, { UserName, NewPassword }, stop);
  }
}

/**
 * How old the current password is, in days, for the alarm: CloudWatch takes it from the log (embedded metric format). Written
 * past console.log, which would put a time before it.
 */
function measureAge(created: number): void {
  const FunctionName = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'none';
  const metric = { Namespace: 'podlaunch', Dimensions: [['FunctionName']], Metrics: [{ Name: 'BindPasswordAge' }] };
  const BindPasswordAge = (Date.now() - created) / DAY;
  const event = { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] }, FunctionName, BindPasswordAge };
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
