import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas';
import type { Clients } from '../clients.ts';
import type { Quota } from '../remark.ts';

/**
 * Quotas of a service by their names: the applied value, else AWS's default. A quota that AWS does not list is left out.
 * The codes of instance types follow no rule, so that they are looked for in the list, and no further than needed.
 */
export async function askQuotasByName(
  { quotas: client }: Clients,
  service: string,
  names: ReadonlySet<string>,
  stop: AbortSignal,
): Promise<ReadonlyMap<string, Quota>> {
  const found = new Map<string, Quota>();
  const config = { client, pageSize: 100 };
  const input = { ServiceCode: service };
  for (const list of [paginateListServiceQuotas, paginateListAWSDefaultServiceQuotas]) {
    if (found.size === names.size) break;
    for await (const { Quotas = [] } of list(config, input, { abortSignal: stop })) {
      for (const quota of Quotas) {
        const { QuotaName: name = '' } = quota;
        if (names.has(name) && !found.has(name)) found.set(name, quotaOf(service, quota));
      }
      if (found.size === names.size) break;
    }
  }
  return found;
}

/** A quota by its code: the applied value, else AWS's default. */
export async function askQuotaByCode(
  { quotas: client }: Clients,
  service: string,
  code: string,
  stop: AbortSignal,
): Promise<Quota> {
  const input = { ServiceCode: service, QuotaCode: code };
  const options = { abortSignal: stop };
  try {
    return quotaOf(service, (await client.send(new GetServiceQuotaCommand(input), options)).Quota!);
  } catch (thrown) {
    if ((thrown as Error).name !== 'NoSuchResourceException') throw thrown;
    return quotaOf(service, (await client.send(new GetAWSDefaultServiceQuotaCommand(input), options)).Quota!);
  }
}

function quotaOf(service: string, { QuotaCode = '', QuotaName = '', Value = 0 }: ServiceQuota): Quota {
  return { service, code: QuotaCode, name: QuotaName, value: Value };
}
