import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimateAsText } from '../../../src/launch/prices/estimate-as-text.ts';
import { estimateCost } from '../../../src/launch/prices/estimate-cost.ts';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { PRICES } from './a-page.ts';
import { type Opened, openedBy, type Site, serve } from './opened-page.ts';

const TEMPLATES = 'https://my-releases.s3.us-west-2.amazonaws.com/podlaunch/releases';

describe.skipIf(!hasChromium())('the controls of the launch page', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    browser = await startChromium();
    site = await serve({ prices: PRICES });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens the page, and sees that the browser has nothing to complain of and that nothing was asked of others. */
  async function on(act: (page: Page, opened: Opened) => Promise<void>, fragment = ''): Promise<void> {
    const opened = await site.open(browser, { fragment, permissions: ['clipboard-read', 'clipboard-write'] });
    try {
      await act(opened.page, opened);
      expect(opened.complaints).toEqual([]);
      const elsewhere = opened.requests.filter((url) => !url.startsWith(site.url) && !url.startsWith(site.releases));
      expect(elsewhere).toEqual([]);
    } finally {
      await opened.close();
    }
  }

  test('as it is opened, the link is that of the first stack in the first region, without values', () =>
    on(async (page) => {
      expect(await openedBy(page)).toEqual({
        host: 'us-west-2.console.aws.amazon.com',
        region: 'us-west-2',
        templateURL: `${TEMPLATES}/1.4.0/templates/launchpad.yaml`,
        stackName: 'podlaunch-launchpad',
        parameters: {},
      });
      expect(await page.locator('#notices').innerText()).toBe('');
    }));

  test('region and stack: link, host, name, lines and address follow', () =>
    on(async (page) => {
      await page.getByLabel('Region', { exact: true }).selectOption('eu-west-1');
      await page.getByLabel('Stack', { exact: true }).selectOption('launchpad-trial');
      expect(await openedBy(page)).toMatchObject({
        host: 'eu-west-1.console.aws.amazon.com',
        region: 'eu-west-1',
        templateURL: `${TEMPLATES}/1.4.0/templates/launchpad-trial.yaml`,
        stackName: 'podlaunch-launchpad-trial',
      });
      expect(await page.locator('#go-host').innerText()).toBe('eu-west-1.console.aws.amazon.com');
      for (const id of ['posix', 'powershell', 'delete'])
        expect(await page.locator(`#${id}`).innerText()).toContain(
          '--region eu-west-1 --stack-name podlaunch-launchpad-trial',
        );
      expect(new URL(page.url()).hash).toBe('#region=eu-west-1&stack=launchpad-trial');
      await page.getByLabel('Stack', { exact: true }).selectOption('cluster');
      expect(await page.locator('#fields').isVisible()).toBe(false);
      expect(await page.locator('#form-elsewhere').innerText()).toContain('NextLink fills in');
    }));

  test('values: in link, lines and address; without the default; wrong ones take the link away', () =>
    on(async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('physics');
      await page.getByText('File system (for those').click();
      await page.getByLabel('Capacity (GiB)').selectOption('4800');
      await page.getByLabel('Instances (Worker1InstanceCount)').fill('1');
      expect((await openedBy(page))?.parameters).toEqual({ ClusterName: 'physics', FileSystemCapacity: '4800' });
      expect(new URL(page.url()).hash).toBe('#p.ClusterName=physics&p.FileSystemCapacity=4800');

      const count = page.getByLabel('Instances (Worker1InstanceCount)');
      await count.fill('7000');
      expect(await openedBy(page)).toBeUndefined();
      expect(await count.getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator('#p-Worker1InstanceCount-error').innerText()).toBe(
        'A number from 0 to 6758, such as 4.',
      );
      expect(await page.locator('#go-faults').innerText()).toBe('Correct the value that is marked above.');
      expect(await page.locator('#lines').isVisible()).toBe(false);
      await count.fill('2');
      expect((await openedBy(page))?.parameters['Worker1InstanceCount']).toBe('2');
    }));

  test('costs follow what is chosen, and are those of podlaunch estimate', () =>
    on(async (page) => {
      const shown = async () => {
        const cells = await page
          .locator('#cost tr')
          .evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent)));
        return cells.map(([what, hour, month]) => [hour, month, what]);
      };
      const estimated = (values: Readonly<Record<string, string>>, region: string) =>
        estimateAsText(
          estimateCost({ FileSystemThroughput: '250', CreateFileSystem: 'true', ...values }, PRICES, region),
        )
          .split('\n')
          .slice(1, -2)
          .map((line) => line.trim().split(/ {2,}/));
      const values = { Worker1InstanceType: 'ml.p9.48xlarge', Worker1InstanceCount: '4', FileSystemCapacity: '4800' };
      expect(await page.locator('#cost-sum').innerText()).toMatch(/3\.20\s+2336\.00/);

      await page.getByLabel('Instance type').fill(values.Worker1InstanceType);
      await page.getByLabel('Instances (Worker1InstanceCount)').fill(values.Worker1InstanceCount);
      await page.getByText('File system (for those').click();
      await page.getByLabel('Capacity (GiB)').selectOption(values.FileSystemCapacity);
      expect((await shown()).slice(1)).toEqual(estimated(values, 'us-west-2'));
      expect(await page.locator('#cost-sum').innerText()).toMatch(/406\.80\s+296964\.00/);

      await page.getByLabel('Region', { exact: true }).selectOption('eu-west-1');
      expect((await shown()).slice(1)).toEqual(estimated(values, 'eu-west-1'));
      expect(await page.locator('#cost-sum').innerText()).toMatch(/unknown\s+unknown/);
      expect(await page.locator('#cost-about').innerText()).toContain('in eu-west-1, by AWS');

      await page.getByLabel('Instances (Worker1InstanceCount)').fill('7000');
      expect(await page.locator('#cost-known').isVisible()).toBe(false);
      expect(await page.locator('#cost-fault').innerText()).toContain('Nothing is added up');
      await page.getByLabel('Stack', { exact: true }).selectOption('cluster');
      expect(await page.locator('#cost').isVisible()).toBe(false);
    }));

  test('what the region is not known to have is said, and takes no link away', async () => {
    const elsewhere = await serve({ regions: ['us-west-2', 'eu-west-3'] });
    const { page, complaints, close } = await elsewhere.open(browser);
    const says = page.locator('#region-fault');
    expect(await says.isVisible()).toBe(false);
    await page.getByLabel('Instance type').fill('ml.new.large');
    expect(await says.innerText()).toContain('ml.new.large is not among the instance types of us-west-2');
    await page.getByLabel('Instance type').fill('ml.p5.48xlarge');
    expect(await says.isVisible()).toBe(false);
    await page.getByLabel('Region', { exact: true }).selectOption('eu-west-3');
    expect(await says.innerText()).toBe(
      'CloudFormation does not have AWS::SageMaker::Cluster in eu-west-3: a stack that needs it fails.',
    );
    expect((await openedBy(page))?.region).toBe('eu-west-3');
    expect(complaints).toEqual([]);
    await close();
    elsewhere.close();
  });

  test('who launches is in the lines alone', () =>
    on(async (page) => {
      const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA ada@home';
      await page.getByLabel('Your name on the cluster').fill('ada');
      await page.getByLabel('Your public key').fill(key);
      await page.getByLabel('E-mail').fill('ada@example.com');
      expect((await openedBy(page))?.parameters).toEqual({});
      expect(page.url()).not.toContain('ada');
      const line = await page.locator('#posix').innerText();
      for (const value of ['ada', key, 'ada@example.com']) expect(line).toContain(`"ParameterValue":"${value}"`);
    }));

  test('the name of the stack', () =>
    on(async (page) => {
      const name = page.getByLabel('Name of the stack');
      await name.fill('physics-1');
      await page.getByLabel('Region', { exact: true }).selectOption('eu-west-1');
      expect((await openedBy(page))?.stackName).toBe('physics-1');
      await name.fill("x'; rm -rf /");
      expect(await openedBy(page)).toBeUndefined();
      expect(await page.locator('#stack-name-error').isVisible()).toBe(true);
      expect(await page.locator('#delete').innerText()).toContain('--stack-name NAME');
    }));

  test('another release: its manifest is compared, its links have no values; a withdrawn one has none', () =>
    on(async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('physics');
      const version = page.getByLabel('Release', { exact: true });
      expect(await version.locator('option').allInnerTexts()).toEqual([
        '1.4.0 (2026-11-27)',
        '1.3.0 (2026-11-20)',
        '1.2.0 (2026-11-10, withdrawn)',
      ]);
      await version.selectOption('1.3.0');
      await page.locator('#go[href*="1.3.0"]').waitFor();
      expect(await openedBy(page)).toMatchObject({
        templateURL: `${TEMPLATES}/1.3.0/templates/launchpad.yaml`,
        parameters: {},
      });
      expect(await page.locator('#form-elsewhere').innerText()).toContain('the form of release 1.4.0');
      await page.getByLabel('Stack', { exact: true }).selectOption('directory');
      expect(await page.locator('#go-faults').innerText()).toBe('Release 1.3.0 has no stack directory.');
      await version.selectOption('1.2.0');
      expect(await openedBy(page)).toBeUndefined();
      expect(await page.locator('#go-faults').innerText()).toBe(
        'Release 1.2.0 was withdrawn by its publisher: it loses data.',
      );
    }));

  test('the address brings choices back', () =>
    on(async (page) => {
      expect(await openedBy(page)).toMatchObject({
        region: 'eu-west-1',
        stackName: 'physics',
        parameters: { FileSystemCapacity: '4800' },
      });
      expect(await page.getByLabel('Capacity (GiB)').isVisible()).toBe(true);
      expect(await page.locator('#notices').innerText()).toContain('has filled in: FileSystemCapacity.');
    }, 'region=eu-west-1&name=physics&p.FileSystemCapacity=4800'));

  test.each(['posix', 'powershell'])('the button copies the line %s as it is seen', (id) =>
    on(async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('physics');
      await page.locator(`[data-copy="${id}"]`).click();
      await page.getByText('Copied.').waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await page.locator(`#${id}`).innerText());
    }),
  );

  test('every control is reached with the keyboard', () =>
    on(async (page) => {
      const reached = new Set<string>();
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        reached.add(await page.evaluate<string>("document.activeElement?.id || document.activeElement?.tagName || ''"));
      }
      const shown = await page.evaluate<string[]>(
        "[...document.querySelectorAll('input, select, #go, pre')].filter((each) => each.checkVisibility()).map(({ id }) => id)",
      );
      expect(shown.filter((id) => id !== '' && !reached.has(id))).toEqual([]);
      expect(reached).toContain('SUMMARY');
    }));
});
