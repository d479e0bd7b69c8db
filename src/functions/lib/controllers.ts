import {
  DescribeDomainControllersCommand,
  type DescribeDomainControllersCommandOutput as Described,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { Fault } from './fault.ts';
import { retry } from './retry.ts';

/** The domain controllers of a directory, by address. */
export interface Controllers {
  /** Those that are to be targets. */
  readonly active: readonly string[];
  /** Those that stay targets while something is done to them: they may answer, and their health is looked after. */
  readonly there: readonly string[];
}

const GONE = ['Deleting', 'Deleted', 'Failed'];

/** Asks for the controllers of a directory. A directory without an active one is a fault: no target would be left. */
export async function controllersOf(directoryId: string, stop: AbortSignal): Promise<Controllers> {
  const found = await described(directoryId, stop);
  const addresses = (wanted: (status: string) => boolean) =>
    found.flatMap(({ DnsIpAddr, Status = '' }) => (DnsIpAddr !== undefined && wanted(Status) ? [DnsIpAddr] : []));
  const active = addresses((status) => status === 'Active');
  if (active.length === 0) {
    const states = found.map(({ DnsIpAddr, Status }) => `${DnsIpAddr} is ${Status}`).join(', ');
    throw new Fault(`The directory ${directoryId} has no active domain controller: ${states || 'it has none'}.`);
  }
  return { active, there: addresses((status) => !GONE.includes(status)) };
}

async function described(DirectoryId: string, stop: AbortSignal) {
  const client = new DirectoryServiceClient({});
  const found: NonNullable<Described['DomainControllers']> = [];
  let NextToken: string | undefined;
  do {
    const command = new DescribeDomainControllersCommand({ DirectoryId, NextToken });
    const page: Described = await retry(stop, () => client.send(command, { abortSignal: stop }));
    found.push(...(page.DomainControllers ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
