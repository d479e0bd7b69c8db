import { BIND_ACCOUNTS } from '../lib/bind-accounts.ts';
import { type Context, withDeadline } from '../lib/deadline.ts';
import type { EnvironmentOf, ScheduledOf } from '../lib/declaration.ts';
import { defineSchedule, type Scheduled } from '../lib/define-schedule.ts';
import { directoryPlace } from '../lib/directory-place.ts';
import { reasonOf } from '../lib/fault.ts';
import { randomPassword } from '../lib/random-password.ts';
import { resetPassword } from '../lib/reset-password.ts';
import { authorityOf, textsOfSecret } from './asked-of-aws.ts';
import { documentOf } from './directory-document.ts';
import { bindSecretState } from './engine/bind-secret-state.ts';
import { type DirectoryAccess, openPrimary } from './engine/open-directory.ts';
import { checkReset, resetPersonsPassword } from './engine/reset-password.ts';
import { applyPeople, type House, planPeopleRun } from './engine/run.ts';
import type { peopleFunction } from './function.ts';
import { forgetHandedOver, handOver } from './hand-over.ts';
import type { Ldap } from './ldap/client.ts';
import { LDAPS_PORT } from './ldap/connection.ts';
import { readState } from './read-state.ts';
import type { PeopleAnswer, PeoplePlan, PeopleQuestion } from './requests.ts';
import { tellTopic } from './tell-topic.ts';
import { tryVersion } from './try-version.ts';

/** What the stack, the command line and the schedule ask. */
export type PeopleCall = PeopleQuestion | Scheduled<ScheduledOf<typeof peopleFunction>>;

const BIND_GROUP = 'podlaunch-bind';
/** A stack is made while the load balancer still looks whether the controllers are healthy. */
const PATIENCE = 120_000;

interface Opened {
  readonly ldap: Ldap;
  readonly house: House;
  setPassword(name: string): Promise<void>;
  /** Sets a given one; the other sets the bind secret's, or one that nobody knows. */
  setThisPassword(name: string, password: string): Promise<void>;
  /** Tells the alarm topic of new administrators. Gives what went wrong. */
  tellOf(people: readonly string[]): Promise<string | undefined>;
}

type PeopleContext = Context & { readonly awsRequestId: string };

/** Plans, does or tells what was asked. A failure is an answer too: Lambda's own would say less, and log more. */
export async function handler(call: PeopleCall, context: PeopleContext): Promise<PeopleAnswer | undefined> {
  if ('StackId' in call) {
    await scheduled(call, context);
    return undefined;
  }
  const act = (stop: AbortSignal) => answer(call, context, stop);
  return withDeadline(context, 'Try again: what was done so far stays.', act).catch((thrown) => {
    console.log(`${call.action}: ${reasonOf(thrown)}`);
    return { error: reasonOf(thrown) };
  });
}

/** Says once a day what differs from what podlaunch made: which is nothing, as long as nobody changed the bind accounts. */
const scheduled = defineSchedule<typeof peopleFunction>({
  whenLate: 'It runs again tomorrow.',
  whenGone: ['ResourceNotFoundException', 'EntityDoesNotExistException'],
  run: async (_, { stop }) => {
    await forgetHandedOver((process.env as EnvironmentOf<typeof peopleFunction>).HandOverPrefix, stop);
    await withDirectory(stop, async ({ ldap, house }) => tell(await planPeopleRun(ldap, { edits: [] }, house)));
  },
});

async function answer(call: PeopleQuestion, context: PeopleContext, stop: AbortSignal): Promise<PeopleAnswer> {
  if (call.action === 'try bind') return tryVersion(call.versionId, stop);
  if (call.action === 'reset password') checkReset(call);
  return withDirectory(stop, async ({ ldap, house, setPassword, setThisPassword, tellOf }) => {
    if (call.action === 'export') return { document: documentOf(await readState(ldap, house.place, [])) };
    if (call.action === 'plan') return tell(await planPeopleRun(ldap, call, house));
    // Whoever comes second waits for half of the time that is left, and has the rest for what is to be done.
    const patience = context.getRemainingTimeInMillis() / 2;
    const means = { holder: context.awsRequestId, patience, setPassword, tellOf, stop };
    if (call.action === 'reset password') {
      const { HandOverPrefix } = process.env as EnvironmentOf<typeof peopleFunction>;
      const { name, reader } = call;
      console.log(`reset the password of ${name}, which ${reader} may read`);
      return resetPersonsPassword(ldap, house.place, call, {
        ...means,
        newPassword: randomPassword,
        handOver: (password) => handOver(HandOverPrefix, { name, password, reader }, stop),
        setPassword: (password) => setThisPassword(name, password),
      });
    }
    const ended = await applyPeople(ldap, call, house, means);
    for (const words of ended.done) console.log(words);
    return ended;
  });
}

function tell({ acts, problems, notes }: Awaited<ReturnType<typeof planPeopleRun>>): PeoplePlan {
  const plan = acts.flatMap(({ words }) => words);
  for (const words of [...plan, ...problems, ...notes]) console.log(words);
  return { plan, problems, notes };
}

/** Opens the directory for some work, and closes it. All that it takes comes from the template; nothing from who calls. */
async function withDirectory<T>(stop: AbortSignal, work: (opened: Opened) => Promise<T>): Promise<T> {
  const { DomainName, ShortName, DirectoryId, ...told } = process.env as EnvironmentOf<typeof peopleFunction>;
  const [admin, bind, authority] = await Promise.all([
    textsOfSecret(told.AdminSecretArn, ['password'], stop),
    textsOfSecret(told.BindSecretArn, ['bindDn', 'password'], stop),
    authorityOf(told, stop),
  ]);
  const place = directoryPlace(DomainName, ShortName);
  const target = { host: told.LdapsHost, port: LDAPS_PORT, authority };
  const set = (UserName: string, NewPassword: string) => resetPassword(DirectoryId, { UserName, NewPassword }, stop);
  const access: DirectoryAccess = {
    ...{ place, target, stop, password: admin.password, patience: PATIENCE },
    resetAdmin: () => set('Admin', admin.password),
  };
  const ldap = await openPrimary(access);
  const sudoGroups = told.SudoGroups.split(',').filter((name) => name !== '');
  const peoplePolicy = told.PeoplePolicy === 'true';
  const lookAtSecret = () => bindSecretState(bind, BIND_ACCOUNTS, access);
  const house = { place, bind: { accounts: BIND_ACCOUNTS, group: BIND_GROUP }, lookAtSecret, sudoGroups, peoplePolicy };
  const isOfSecret = (name: string) => bind.bindDn.toLowerCase().startsWith(`cn=${name},`.toLowerCase());
  const setPassword = (name: string) =>
    set(name, BIND_ACCOUNTS.some((one) => one === name) && isOfSecret(name) ? bind.password : randomPassword());
  const tellOf = (people: readonly string[]) => tellTopic(told.AlarmTopicArn, { people, domain: DomainName }, stop);
  try {
    return await work({ ldap, house, setPassword, setThisPassword: set, tellOf });
  } finally {
    ldap.close();
  }
}
