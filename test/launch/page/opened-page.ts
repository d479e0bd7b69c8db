import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { sha256 } from '../../../src/files/sha256.ts';
import { contentSecurityPolicy } from '../../../src/launch/page/content-security-policy.ts';
import type { PageInput } from '../../../src/launch/page/page-input.ts';
import { madePage, pageInput } from './a-page.ts';
import { FIXED_TEMPLATES } from './fixed-templates.ts';

/** What the place of releases answers, by path below it; what is not here is not there. */
export type Answers = Map<string, string | Uint8Array>;

/** A page on a server of its own, and a place of releases on another one. */
export interface Site {
  readonly url: string;
  readonly releases: string;
  /** What the place of releases answers; a test changes it. */
  readonly answers: Answers;
  open(browser: Browser, options?: OpenOptions): Promise<Opened>;
  close(): void;
}

export interface OpenOptions extends BrowserContextOptions {
  /** What follows `#`. */
  readonly fragment?: string;
  /** Has no way to the place of releases. */
  readonly blocked?: boolean;
}

/** A page in a browser, and what happened there. */
export interface Opened {
  readonly page: Page;
  /** The URLs that were asked for. */
  readonly requests: readonly string[];
  /** What the browser complained of: of its policy, of errors, of dialogs. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const PLACE = '/my-releases/podlaunch/';

/** A manifest, of a release with these files. */
export function manifestOf(version: string, paths: readonly string[]): string {
  return JSON.stringify({ schemaVersion: 1, version, files: paths.map((path) => ({ path })) });
}

/** Serves a page with the headers that it asks for, and a place where releases 1.4.0, which is its own, and 1.3.0 are. */
export async function serve(change: Partial<PageInput> = {}, style = ''): Promise<Site> {
  const answers: Answers = new Map();
  const place = await listen((path) => {
    const body = path.startsWith(PLACE) ? answers.get(path.slice(PLACE.length)) : undefined;
    return body === undefined ? undefined : { body, headers: { 'access-control-allow-origin': '*' } };
  });
  const target = { ...pageInput().target, endpointUrl: place.url };
  const { files } = madePage(pageInput({ target, templates: FIXED_TEMPLATES, ...change }));
  const releases = `${place.url}${PLACE}`;
  const site = await listen((path) => {
    const file = files.find((each) => path === `/${each.path}`);
    if (!file) return undefined;
    const body = file.path.endsWith('.css') ? new TextDecoder().decode(file.bytes) + style : file.bytes;
    return {
      body,
      headers: { 'content-type': file.mediaType, 'content-security-policy': contentSecurityPolicy(releases) },
    };
  });
  const old = manifestOf('1.3.0', ['templates/launchpad.yaml', 'templates/cluster.yaml']);
  answers.set('releases/1.3.0/manifest.json', old);
  answers.set('releases.json', JSON.stringify(historyOf(sha256(old))));
  answers.set(
    'channels/latest.json',
    JSON.stringify({ channel: 'latest', version: '1.4.0', manifestSha256: 'b'.repeat(64) }),
  );
  return {
    url: site.url,
    releases,
    answers,
    open: (browser, options = {}) => open(browser, `${site.url}/index.html`, releases, options),
    close() {
      for (const { server } of [site, place]) server.close().closeAllConnections();
    },
  };
}

function historyOf(oldSha256: string) {
  const release = (version: string, day: string, manifestSha256: string) => ({
    ...{ version, publishedAt: `2026-11-${day}T12:00:00Z`, manifestSha256 },
  });
  return {
    releases: [
      release('1.4.0', '27', 'b'.repeat(64)),
      release('1.3.0', '20', oldSha256),
      { ...release('1.2.0', '10', 'c'.repeat(64)), withdrawn: { at: '2026-11-21T12:00:00Z', why: 'it loses data' } },
    ],
    channels: { latest: [{ version: '1.4.0', at: '2026-11-27T12:00:00Z' }] },
  };
}

async function open(browser: Browser, url: string, releases: string, options: OpenOptions): Promise<Opened> {
  const { fragment = '', blocked = false, ...settings } = options;
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => void requests.push(request.url()));
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('console', (message) => {
    // What is not there is said in words of the page.
    if (message.type() === 'error' && !/Failed to load resource|CORS policy/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  if (blocked) await page.route(`${releases}**`, (route) => route.abort());
  await page.goto(fragment === '' ? url : `${url}#${fragment}`);
  if (options.javaScriptEnabled !== false) await page.locator('body[data-ready]').waitFor();
  return { page, requests, complaints, close: () => context.close() };
}

interface Answer {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

async function listen(
  answer: (path: string) => Answer | undefined,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const found = answer(new URL(request.url!, 'http://any').pathname);
    response.writeHead(found ? 200 : 404, found?.headers).end(found?.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What a link of the page opens. */
export async function openedBy(page: Page, id = 'go') {
  const href = await page.locator(`#${id}`).getAttribute('href');
  if (href === null) return undefined;
  const { host, hash, searchParams } = new URL(href);
  const query = new URLSearchParams(hash.replace(/^#[^?]*\?/, ''));
  const { templateURL, stackName, ...rest } = Object.fromEntries(query);
  const parameters = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name.replace(/^param_/, ''), value]),
  );
  return { host, region: searchParams.get('region'), templateURL, stackName, parameters };
}
