import { awsRefusal } from '../cloud/aws-refusal.ts';
import { clientSettings, loadSdk } from '../cloud/client.ts';
import { type AwsFailure, awsFailure } from '../cloud/errors.ts';
import { type Diagnostic, error, warning } from '../diagnostics/diagnostic.ts';
import type { Asking } from '../functions/preflight/facts.ts';
import type { Wanted, WantedCluster } from '../functions/preflight/wanted.ts';

/** The services that the checks ask. */
const SERVICES = ['ACM', 'Directory_Service', 'EC2', 'Lambda', 'SageMaker', 'Service_Quotas'] as const;

/** What is wrong with the caller, and not with the account: no answer would be worth anything. */
const CREDENTIALS: readonly AwsFailure['fault'][] = ['no-credentials', 'expired', 'bad-credentials', 'clock'];

/** The actions that the caller needs; docs/preflight.md has them as a policy. */
const NEEDS = 'the policy of docs/preflight.md';

/**
 * Looks for what in the account would cause a launch to be refused, with the caller's credentials: the same checks as the
 * launchpad's first resource. Errors (PL8101) are certain, warnings (PL8102) are not.
 * @param isUpdate whether the cluster exists: then quotas need room only for what is added to it
 * @param endpointUrl another endpoint than AWS's for all services
 * @throws Refusal PL8103 where the credentials are no use
 */
export async function preflightAccount(
  wanted: Wanted,
  isUpdate = false,
  endpointUrl?: string,
): Promise<readonly Diagnostic[]> {
  const { openClients } = await loadSdk(() => import('../functions/preflight/clients.ts'));
  const { PATIENCE, runPreflight } = await import('../functions/preflight/preflight.ts');
  const settings = new Map<string, object>();
  for (const service of SERVICES)
    settings.set(service.toUpperCase(), await clientSettings({ service, region: wanted.region, endpointUrl }));
  const clients = openClients((service) => settings.get(service) ?? {});
  const failures: unknown[] = [];
  const asking: Asking = {
    clients,
    stop: AbortSignal.timeout(PATIENCE),
    again: (question) => question(),
    reason(thrown) {
      failures.push(thrown);
      const { name, message } = awsFailure(thrown);
      return `${name}: ${message.replace(/[.]$/, '')}`;
    },
  };
  const before = isUpdate ? await clusterBefore(wanted, asking).catch(asking.reason) : undefined;
  const remarks = await runPreflight(typeof before === 'object' ? { ...wanted, before } : wanted, asking);
  for (const client of Object.values(clients)) client.destroy();
  const failure = failures.find((thrown) => CREDENTIALS.includes(awsFailure(thrown).fault));
  if (failure)
    throw awsRefusal('PL8103', failure, wanted, {
      doing: 'ask AWS',
      service: 'AWS',
      subject: 'the account',
      needs: NEEDS,
    });
  return remarks.map(({ level, text }) =>
    level === 'refusal' ? error({ code: 'PL8101', message: text }) : warning({ code: 'PL8102', message: text }),
  );
}

/** The cluster of the name, as it is. */
async function clusterBefore({ cluster }: Wanted, { clients, stop }: Asking): Promise<WantedCluster | undefined> {
  const { askClusters } = await import('../functions/preflight/ask/clusters.ts');
  const there = (await askClusters(clients, stop)).find(({ name }) => name === cluster.name);
  if (there === undefined) return undefined;
  return {
    name: there.name,
    groups: there.groups.map((group, index) => ({ ...group, name: `${index}`, disk: 0, plan: '' })),
  };
}
