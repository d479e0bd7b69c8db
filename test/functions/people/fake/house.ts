import { randomBytes } from 'node:crypto';
import { directoryPlace } from '../../../../src/functions/lib/directory-place.ts';
import { bindSecretState } from '../../../../src/functions/people/engine/bind-secret-state.ts';
import { openPrimary } from '../../../../src/functions/people/engine/open-directory.ts';
import { checkReset, resetPersonsPassword } from '../../../../src/functions/people/engine/reset-password.ts';
import { applyPeople, type House, planPeopleRun } from '../../../../src/functions/people/engine/run.ts';
import type { Plan } from '../../../../src/functions/people/plan/act.ts';
import type { HandedOver, PeopleDone, PeopleRequest, ResetRequest } from '../../../../src/functions/people/requests.ts';
import { DOMAIN, ROOT } from './directory.ts';
import type { FakeServer } from './server.ts';

export const ADMIN_PASSWORD = 'Adm1n-canary-Passw0rd';
export const BIND_SECRET = { bindDn: `CN=ReadOnly,OU=Users,${ROOT}`, password: 'B1nd-canary-Passw0rd' };
const ACCOUNTS = ['ReadOnly', 'ReadOnly2'];

/** What the function does around a run, without AWS: passwords are set at the fake directory itself. */
export class FakeHouse {
  readonly fake: FakeServer;
  /** Called before each password is set. */
  beforePassword: (name: string) => void = () => {};
  adminResets = 0;
  readonly stop = new AbortController();
  secret = BIND_SECRET;
  peoplePolicy = true;
  /** New administrators that were told of, and what telling ends with. */
  readonly told: string[] = [];
  topicFault: string | undefined;

  constructor(fake: FakeServer) {
    this.fake = fake;
  }

  open() {
    return openPrimary({
      target: this.fake.target,
      place: directoryPlace(DOMAIN, 'hyperpod'),
      password: ADMIN_PASSWORD,
      resetAdmin: async () => {
        this.adminResets++;
        this.fake.directory.resetPassword('Admin', ADMIN_PASSWORD);
      },
      stop: this.stop.signal,
      patience: 0,
    });
  }

  async plan(request: PeopleRequest): Promise<Plan> {
    const [ldap, house] = [await this.open(), this.house()];
    return planPeopleRun(ldap, request, house).finally(() => ldap.close());
  }

  async apply(request: PeopleRequest, patience = 0, holder = randomBytes(4).toString('hex')): Promise<PeopleDone> {
    const [ldap, house] = [await this.open(), this.house()];
    const setPassword = async (name: string) => {
      this.beforePassword(name);
      const password = this.secret.bindDn.startsWith(`CN=${name},`)
        ? this.secret.password
        : randomBytes(20).toString('hex');
      this.fake.directory.resetPassword(name, password);
    };
    const tellOf = async (people: readonly string[]) => {
      this.told.push(...people);
      return this.topicFault;
    };
    const means = { holder, patience, setPassword, tellOf, stop: this.stop.signal };
    return applyPeople(ldap, request, house, means).finally(() => ldap.close());
  }

  /** Called with each password that is handed over. */
  beforeHandOver: (password: string) => void | Promise<void> = () => {};

  async resetPassword(request: ResetRequest): Promise<HandedOver> {
    checkReset(request);
    const ldap = await this.open();
    return resetPersonsPassword(ldap, directoryPlace(DOMAIN, 'hyperpod'), request, {
      ...{ holder: randomBytes(4).toString('hex'), patience: 0, stop: this.stop.signal },
      newPassword: () => `canary-${randomBytes(20).toString('hex')}`,
      handOver: async (password) => {
        await this.beforeHandOver(password);
        return { secret: `arn:aws:secretsmanager:secret:${request.name}`, readableUntil: '2026-12-04T12:00:00Z' };
      },
      setPassword: async (password) => {
        this.beforePassword(request.name);
        this.fake.directory.resetPassword(request.name, password);
      },
    }).finally(() => ldap.close());
  }

  private house(): House {
    const place = directoryPlace(DOMAIN, 'hyperpod');
    const { peoplePolicy } = this;
    const { target } = this.fake;
    const lookAtSecret = () => bindSecretState(this.secret, ACCOUNTS, { place, target, stop: this.stop.signal });
    return {
      place,
      bind: { accounts: ACCOUNTS, group: 'podlaunch-bind' },
      lookAtSecret,
      sudoGroups: ['ClusterAdmin'],
      peoplePolicy,
    };
  }
}
