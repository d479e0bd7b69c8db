import { GetDirectoryLimitsCommand, paginateDescribeDirectories } from '@aws-sdk/client-directory-service';
import type { Clients } from '../clients.ts';

/** Directories of account and region, and how many AWS Managed Microsoft ADs there may be. */
export interface Directories {
  readonly limit: number;
  readonly used: number;
  readonly all: readonly { readonly id: string; readonly name: string; readonly vpcId: string }[];
}

export async function askDirectories({ directories: client }: Clients, stop: AbortSignal): Promise<Directories> {
  const options = { abortSignal: stop };
  const { DirectoryLimits = {} } = await client.send(new GetDirectoryLimitsCommand({}), options);
  const { CloudOnlyMicrosoftADLimit: limit = 0, CloudOnlyMicrosoftADCurrentCount: used = 0 } = DirectoryLimits;
  const all = [];
  for await (const { DirectoryDescriptions = [] } of paginateDescribeDirectories({ client }, {}, options)) {
    for (const { DirectoryId: id = '', Name: name = '', VpcSettings } of DirectoryDescriptions) {
      all.push({ id, name, vpcId: VpcSettings?.VpcId ?? '' });
    }
  }
  return { limit, used, all };
}
