import type { Agent } from 'node:http';
import { partitionOf } from '../aws/partition.ts';
import { IDLE_TIMEOUT } from '../http/get.ts';
import { proxyAgent } from '../http/proxy.ts';
import { chooseEndpoint, HOSTS, type Service } from './endpoint.ts';
import type { AwsPlace } from './place.ts';

/** How long a connection may take to come about, in milliseconds. */
const CONNECTION_TIMEOUT = 5000;

/** Which service of AWS is asked, and where. */
export interface ClientPlace extends AwsPlace {
  readonly service: Service;
  /** The URL that requests go to, where it is not the service's own: a proxy is chosen by it. */
  readonly url?: string;
}

/** What every client of the AWS SDK is made with. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly socketTimeout: number;
    readonly httpAgent?: Agent;
    readonly httpsAgent?: Agent;
  };
}

/**
 * Makes a client of the AWS SDK: the one place where one is made. It gives up a connection that says nothing, and goes
 * through the proxy that the environment names (the SDK itself knows none). Retries are the SDK's own: three attempts,
 * or AWS_MAX_ATTEMPTS. The SDK's line on stderr about the version of Node is for those who write programs: it stays away.
 * @param load imports the package of the service
 * @param make makes the client of the settings, and of the service's own
 * @throws Refusal PL4055 for a proxy that is no URL
 */
export async function openClient<Sdk, Client>(
  place: ClientPlace,
  load: () => Promise<Sdk>,
  make: (sdk: Sdk, settings: ClientSettings) => Client,
): Promise<{ readonly sdk: Sdk; readonly client: Client }> {
  const sdk = await loadSdk(load);
  return { sdk, client: make(sdk, await clientSettings(place)) };
}

/** Imports what loads a package of the AWS SDK, without the SDK's line about Node. */
export function loadSdk<Sdk>(load: () => Promise<Sdk>): Promise<Sdk> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return load();
}

/** The settings of a client, for who makes it by other means. */
export async function clientSettings({ service, region, endpointUrl, url }: ClientPlace): Promise<ClientSettings> {
  const endpoint = chooseEndpoint(service, endpointUrl, process.env);
  const agent = await proxyAgent(
    url ?? endpoint ?? `https://${HOSTS[service]}.${region}.${partitionOf(region).urlSuffix}`,
  );
  return {
    region,
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      socketTimeout: IDLE_TIMEOUT,
      ...(agent && { httpAgent: agent, httpsAgent: agent }),
    },
  };
}
