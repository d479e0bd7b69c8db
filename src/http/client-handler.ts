import { IDLE_TIMEOUT } from './get.ts';
import { proxyAgent } from './proxy.ts';

/** How long a connection may take to come about, in milliseconds. */
const CONNECTION_TIMEOUT = 5000;

/** Settings of the HTTP handler of a client of the AWS SDK. */
export interface HandlerSettings {
  readonly connectionTimeout: number;
  readonly socketTimeout: number;
  readonly httpAgent?: object;
  readonly httpsAgent?: object;
}

/**
 * How a client of the AWS SDK talks to a URL: it gives up a connection that says nothing, and goes through the proxy that
 * the environment names (the SDK itself knows none).
 */
export async function handlerSettings(url: string): Promise<HandlerSettings> {
  const agent = await proxyAgent(url);
  return {
    connectionTimeout: CONNECTION_TIMEOUT,
    socketTimeout: IDLE_TIMEOUT,
    ...(agent && { httpAgent: agent, httpsAgent: agent }),
  };
}
