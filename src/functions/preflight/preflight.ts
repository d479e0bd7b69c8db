import { checkAdmin } from './checks/admin.ts';
import { checkCertificate } from './checks/certificate.ts';
import { checkConcurrency } from './checks/concurrency.ts';
import { checkInstances } from './checks/instances.ts';
import { checkClusterName, checkDirectory } from './checks/names.ts';
import { checkNetwork } from './checks/network.ts';
import { checkNewNetwork } from './checks/new-network.ts';
import { checkTrainingPlans } from './checks/training-plans.ts';
import { checkZones } from './checks/zones.ts';
import { type Asking, type Facts, gather } from './facts.ts';
import type { Remark } from './remark.ts';
import type { Wanted } from './wanted.ts';

/** Each looks at one thing, and at AWS's answers only. In the order in which they are told. */
const CHECKS: readonly ((wanted: Wanted, facts: Facts) => readonly Remark[])[] = [
  checkAdmin,
  checkInstances,
  checkTrainingPlans,
  checkClusterName,
  checkDirectory,
  checkZones,
  checkNewNetwork,
  checkNetwork,
  checkCertificate,
  checkConcurrency,
];

/** What would have the launch refused, then what may, from AWS's answers. */
export function check(wanted: Wanted, facts: Facts): readonly Remark[] {
  const found = CHECKS.flatMap((one) => one(wanted, facts));
  const distinct = found.filter(({ text }, index) => found.findIndex((other) => other.text === text) === index);
  return [...distinct.filter(({ level }) => level === 'refusal'), ...distinct.filter((one) => one.level === 'warning')];
}

/** How long AWS is asked, in ms. What it has not said by then is unknown. */
export const PATIENCE = 45_000;

/** Asks AWS all at once, and checks what it says. Throws nothing: what cannot be found out is a warning. */
export async function runPreflight(wanted: Wanted, asking: Asking): Promise<readonly Remark[]> {
  return check(wanted, await gather(wanted, asking));
}
