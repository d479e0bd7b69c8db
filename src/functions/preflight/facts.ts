import { setMaxListeners } from 'node:events';
import { askCertificate, type Certificate } from './ask/certificate.ts';
import { askClusters, type Cluster } from './ask/clusters.ts';
import { askConcurrency } from './ask/concurrency.ts';
import { askDirectories, type Directories } from './ask/directories.ts';
import { askNetwork, type Network } from './ask/network.ts';
import { askQuotaByCode, askQuotasByName } from './ask/quotas.ts';
import { askTrainingPlan, type TrainingPlan } from './ask/training-plan.ts';
import { askUse, type Use } from './ask/use.ts';
import { askOfferings, askZones, type Zone } from './ask/zones.ts';
import { instanceQuotaNames } from './checks/instances.ts';
import { NETWORK_QUOTAS } from './checks/new-network.ts';
import type { Clients } from './clients.ts';
import type { Heard, Quota } from './remark.ts';
import type { Wanted } from './wanted.ts';

/** All that is asked of AWS before a launch. */
export interface Facts {
  readonly instanceQuotas: Heard<ReadonlyMap<string, Quota>>;
  readonly clusters: Heard<readonly Cluster[]>;
  readonly use: Heard<Use>;
  /** By code. */
  readonly networkQuotas: Heard<ReadonlyMap<string, Quota>>;
  readonly zones: Heard<readonly Zone[]>;
  readonly offerings: Heard<Readonly<Record<string, readonly string[]>>>;
  readonly network: Heard<Network>;
  readonly directories: Heard<Directories>;
  readonly certificate: Heard<Certificate>;
  readonly plans: ReadonlyMap<string, Heard<TrainingPlan>>;
  readonly concurrency: Heard<number>;
  /** In ms since 1970. */
  readonly now: number;
}

/** How AWS is asked. */
export interface Asking {
  readonly clients: Clients;
  /** Aborts when the time is over. */
  readonly stop: AbortSignal;
  /** Tries a question again where that may help. */
  again<T>(question: () => Promise<T>): Promise<T>;
  /** Says what a failure was, for a warning. */
  reason(thrown: unknown): string;
}

/** Not asked, because nothing depends on it: no check looks at it. */
const NOT_ASKED = { unknown: 'not asked' };

/** Asks all at once. What cannot be found out until `stop` is unknown; nothing is thrown. */
export async function gather(wanted: Wanted, { clients, stop, again, reason }: Asking): Promise<Facts> {
  // Each request listens to it, and Node.js warns of more than ten.
  setMaxListeners(0, stop);
  const ask = async <T>(question: () => Promise<T>): Promise<Heard<T>> => {
    try {
      return { known: await again(question) };
    } catch (thrown) {
      return { unknown: stop.aborted ? 'AWS did not answer in time' : reason(thrown) };
    }
  };
  const askIf = <T>(asked: boolean, question: () => Promise<T>): Promise<Heard<T>> =>
    asked ? ask(question) : Promise.resolve(NOT_ASKED);
  const { cluster, network: given, certificateArn, directory, before } = wanted;
  const isNew = before === undefined;
  const makesSome = isNew && (wanted.makesRoutes || given === undefined);
  const types = [...new Set(cluster.groups.map(({ type }) => type.replace(/^ml\./, '')))];
  const plans = [...new Set(cluster.groups.map(({ plan }) => plan).filter((plan) => plan !== ''))];
  const ofPlans = plans.map(async (plan) => [plan, await ask(() => askTrainingPlan(clients, plan, stop))] as const);
  const asked = {
    instanceQuotas: ask(() => askQuotasByName(clients, 'sagemaker', instanceQuotaNames(wanted), stop)),
    clusters: ask(() => askClusters(clients, stop)),
    use: askIf(makesSome, () => askUse(clients, stop)),
    networkQuotas: askIf(makesSome, async () => {
      const all = NETWORK_QUOTAS.map(({ service, code }) => askQuotaByCode(clients, service, code, stop));
      return new Map((await Promise.all(all)).map((quota) => [quota.code, quota]));
    }),
    zones: ask(() => askZones(clients, stop)),
    offerings: ask(() => askOfferings(clients, types, stop)),
    network: askIf(given !== undefined, () => askNetwork(clients, given!, stop)),
    directories: askIf(isNew && directory.isMade, () => askDirectories(clients, stop)),
    certificate: askIf(certificateArn !== undefined, () => askCertificate(clients, certificateArn!, stop)),
    concurrency: ask(() => askConcurrency(clients, stop)),
    plans: Promise.all(ofPlans).then((known) => new Map(known)),
    now: Date.now(),
  };
  return {
    instanceQuotas: await asked.instanceQuotas,
    clusters: await asked.clusters,
    use: await asked.use,
    networkQuotas: await asked.networkQuotas,
    zones: await asked.zones,
    offerings: await asked.offerings,
    network: await asked.network,
    directories: await asked.directories,
    certificate: await asked.certificate,
    concurrency: await asked.concurrency,
    plans: await asked.plans,
    now: asked.now,
  };
}
