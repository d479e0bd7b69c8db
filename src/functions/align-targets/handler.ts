import { setTimeout as sleep } from 'node:timers/promises';
import { byEvent, type EitherHandler } from '../lib/by-event.ts';
import { type Controllers, controllersOf } from '../lib/controllers.ts';
import type { PropertiesOf } from '../lib/declaration.ts';
import { defineResource, type Run } from '../lib/define-resource.ts';
import { defineSchedule } from '../lib/define-schedule.ts';
import { Fault } from '../lib/fault.ts';
import type { alignTargets } from './function.ts';
import { type TargetGroup, targetGroup } from './target-group.ts';

type Properties = PropertiesOf<typeof alignTargets>;

/** How long a controller may take to answer the load balancer, in ms. */
const LONGEST_WAIT = 540_000;
/** Between two looks, in ms. */
const PAUSE = 5_000;

/** What Lambda calls. */
export const handler: EitherHandler<typeof alignTargets> = byEvent(
  defineResource<typeof alignTargets>({
    id: 'aligned-targets',
    whenLate: 'Try again.',
    create: alignAndWait,
    update: alignAndWait,
    async goBack(properties, { stop }) {
      await align(properties, stop);
      return {};
    },
    // The targets go with their group.
    delete: async () => {},
  }),
  defineSchedule<typeof alignTargets>({
    whenLate: 'It runs again within the hour.',
    whenGone: ['TargetGroupNotFoundException', 'EntityDoesNotExistException'],
    run: (properties, { stop }) => align({ ...properties, Addresses: [], AvailabilityZone: '' }, stop),
  }),
);

/** Makes the controllers targets, waits until one answers, and only then removes targets that are no longer controllers. */
async function alignAndWait(properties: Properties, { stop }: Run): Promise<Record<never, never>> {
  const group = groupOf(properties, stop);
  const controllers = await wantedOf(properties, stop);
  await add(group, controllers);
  await untilOneAnswers(group, controllers);
  await removeOthers(group, controllers);
  return {};

  async function untilOneAnswers({ targets }: TargetGroup, { active }: Controllers): Promise<void> {
    for (const end = Date.now() + LONGEST_WAIT; ; ) {
      const found = (await targets()).filter(({ address }) => active.includes(address));
      if (found.some(({ state }) => state === 'healthy')) return;
      if (Date.now() > end) {
        const states = found.map(({ address, state, reason }) => `${address} is ${state} (${reason})`).join(', ');
        throw new Fault(
          `No domain controller answers the load balancer on port 389: ${states}. Its subnets must reach these addresses: look at security groups and routes.`,
        );
      }
      await sleep(PAUSE, undefined, { signal: stop });
    }
  }
}

/** The same without waiting: what cannot be taken away yet is left to the next run. */
async function align(properties: Properties, stop: AbortSignal): Promise<void> {
  const group = groupOf(properties, stop);
  const controllers = await wantedOf(properties, stop);
  await add(group, controllers);
  await removeOthers(group, controllers);
}

async function add({ targets, register }: TargetGroup, { active }: Controllers): Promise<void> {
  const there = (await targets()).filter(({ state }) => state !== 'draining').map(({ address }) => address);
  const missing = active.filter((address) => !there.includes(address));
  if (missing.length > 0) await register(missing);
}

/** Removes the targets that are not controllers, unless no healthy one would be left. */
async function removeOthers({ targets, deregister }: TargetGroup, { there }: Controllers): Promise<void> {
  const found = (await targets()).filter(({ state }) => state !== 'draining');
  const others = found.filter(({ address }) => !there.includes(address)).map(({ address }) => address);
  if (others.length === 0) return;
  const stays = found.some(({ address, state }) => there.includes(address) && state === 'healthy');
  if (stays) await deregister(others);
  else console.log(`${others.join(', ')} stays for now: no other target is healthy`);
}

async function wantedOf({ DirectoryId, Addresses }: Properties, stop: AbortSignal): Promise<Controllers> {
  return DirectoryId === '' ? { active: Addresses, there: Addresses } : controllersOf(DirectoryId, stop);
}

/** Anyone who may invoke the function can send anything: only values that the template could send are accepted. */
function groupOf({ TargetGroupArn, DirectoryId, Addresses, AvailabilityZone }: Properties, stop: AbortSignal) {
  const check = (value: string, form: RegExp, what: string) => {
    if (!form.test(value)) throw new Fault(`${JSON.stringify(value)} is not ${what}.`);
  };
  const arn = /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup\/[A-Za-z0-9-]+\/[a-z0-9]+$/;
  check(TargetGroupArn, arn, 'the ARN of a target group');
  check(DirectoryId, /^(d-[0-9a-f]{10})?$/, 'the id of a directory');
  check(AvailabilityZone, /^(all)?$/, 'a zone: all, or nothing');
  for (const address of Addresses) check(address, /^\d{1,3}(\.\d{1,3}){3}$/, 'an IPv4 address');
  return targetGroup(TargetGroupArn, AvailabilityZone, stop);
}
