import { compileStacks } from '../../../src/compile/compile-stacks.ts';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import { sha256 } from '../../../src/files/sha256.ts';
import { makePage } from '../../../src/launch/page/page.ts';
import type { PageFile } from '../../../src/launch/page/page-file.ts';
import type { PageInput } from '../../../src/launch/page/page-input.ts';
import type { PriceFile } from '../../../src/launch/prices/price-file.ts';
import { accessStack } from '../../../src/stacks/access.ts';
import { clusterStack } from '../../../src/stacks/cluster.ts';
import { directoryStack } from '../../../src/stacks/directory.ts';
import { launchpadStack, launchpadTrialStack } from '../../../src/stacks/launchpad.ts';
import { prerequisitesStack } from '../../../src/stacks/prerequisites.ts';
import { settingsOf } from '../../../src/stacks/settings.ts';
import type { Stack } from '../../../src/stacks/stack.ts';

const SMALL = [prerequisitesStack, directoryStack, clusterStack, accessStack];
const WHOLE = [launchpadStack, launchpadTrialStack];

/** The templates of a release, by stack. */
function templatesOf(stacks: readonly Stack[], version: string): PageInput['templates'] {
  const location = {
    bucketName: 'my-releases',
    bucketRegion: 'us-west-2',
    keyPrefix: `podlaunch/releases/${version}/`,
  };
  const compiled = compileStacks(stacks, settingsOf(DEFAULTS, { sha256: 'a'.repeat(64) }, location));
  return compiled.map(({ stack, file, text, value }) => ({
    stack,
    file,
    sha256: sha256(text),
    value,
  })) as PageInput['templates'];
}

/** Prices of the two regions of the page, and of one that it does not have. The amounts are made up: none is a price of AWS. */
export const PRICES: PriceFile = {
  schemaVersion: 1,
  sources: [{ offer: 'AmazonSageMaker', publishedAt: '2026-11-20T10:00:00Z' }],
  regions: {
    'us-west-2': { instances: { 'ml.c5.4xlarge': 2, 'ml.p9.48xlarge': 100.5 }, lustre: { '250': 0.73 } },
    'eu-west-1': { instances: { 'ml.c5.4xlarge': 3 }, lustre: {} },
    'ap-south-1': { instances: { 'ml.c5.4xlarge': 5 }, lustre: {} },
  },
};

/** What a page is made of, with all stacks that there are, or without those that are everything in one. */
export function pageInput(change: Partial<PageInput> = {}, stacks: 'all' | 'small' = 'all'): PageInput {
  return {
    target: { kind: 's3', bucket: 'my-releases', region: 'us-west-2', prefix: 'podlaunch/' },
    version: '1.4.0',
    manifestSha256: 'b'.repeat(64),
    channel: 'latest',
    templates: templatesOf(stacks === 'all' ? [...WHOLE, ...SMALL] : SMALL, '1.4.0'),
    project: 'podlaunch',
    regions: ['us-west-2', 'eu-west-1'],
    look: { title: 'Launch a HyperPod cluster', colour: '#0b5cad' },
    ...change,
  };
}

/** The files of a page, and the text of the page itself. */
export function madePage(input: PageInput): { readonly files: readonly PageFile[]; readonly text: string } {
  const files = makePage(input);
  const index = files.find(({ path }) => path === 'index.html')!;
  return { files, text: new TextDecoder().decode(index.bytes) };
}
