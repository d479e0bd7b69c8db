import type { Agent, ClientRequest } from 'node:http';
import { refuse } from '../diagnostics/refusal.ts';

/** Environment variables that name a proxy, as the AWS CLI and curl know them; NO_PROXY lists what goes past it. */
const NAMES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** One agent for each proxy and protocol: its connections are used again. */
const agents = new Map<string, Agent>();

/**
 * The agent that leads requests to a URL through the proxy that the environment names for it; undefined where there is
 * none. The libraries are loaded only where a variable is set.
 * @throws Refusal PL4055 for a proxy that is no URL
 */
export async function proxyAgent(url: string): Promise<Agent | undefined> {
  if (!NAMES.some((name) => process.env[name])) return undefined;
  const { getProxyForUrl } = await import('proxy-from-env');
  const found: string = getProxyForUrl(url);
  if (found === '') return undefined;
  const proxy = withScheme(found);
  const tunnel = url.startsWith('https:');
  const known = agents.get(`${tunnel} ${proxy}`);
  if (known) return known;
  if (!URL.canParse(proxy) || !/^https?:/.test(proxy)) throw badProxy();
  const agent = tunnel
    ? new (await import('https-proxy-agent')).HttpsProxyAgent(proxy, { keepAlive: true })
    : new (await import('http-proxy-agent')).HttpProxyAgent(proxy, { keepAlive: true });
  if (tunnel) agent.on('proxyConnect', refuseNoTunnel);
  agents.set(`${tunnel} ${proxy}`, agent);
  return agent;
}

/** The library hands a proxy's refusal of a tunnel on as if the server behind it had said so: it would be taken for S3's. */
function refuseNoTunnel({ statusCode }: { statusCode: number }, request: ClientRequest): void {
  if (statusCode === 200) return;
  const message = `the proxy answered ${statusCode} to the request for a tunnel`;
  request.destroy(Object.assign(new Error(message), { code: 'EPROXY' }));
}

/** `proxy.example:3128` is a proxy that speaks HTTP, whatever the URL that is asked for (the library takes the URL's). */
function withScheme(proxy: string): string {
  const bare = proxy.replace(/^https?:\/\//, '');
  if (bare === proxy) return proxy;
  return NAMES.some((name) => process.env[name] === bare) ? `http://${bare}` : proxy;
}

/** The value is not shown: a proxy's URL may have a password in it. */
function badProxy(): Error {
  return refuse({
    code: 'PL4055',
    message: `The proxy that ${NAMES.filter((name) => process.env[name]).join(', ')} names is not an http or https URL.`,
    hint: 'Write it like http://proxy.example.com:3128, or unset the variable. NO_PROXY lists hosts that need no proxy.',
  });
}
