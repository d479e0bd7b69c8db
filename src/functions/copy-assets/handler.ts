import type { PropertiesOf } from '../lib/declaration.ts';
import { defineResource, type ResourceHandler, type Run } from '../lib/define-resource.ts';
import { isStackGoing } from '../lib/stack-status.ts';
import { copyRelease } from './copy-release.ts';
import { emptyBucket } from './empty-bucket.ts';
import type { copyAssets } from './function.ts';

type Copying = typeof copyAssets;

export const handler: ResourceHandler<Copying> = defineResource({
  // A new id would make CloudFormation delete the old one, and with it the scripts of a live cluster.
  id: 'podlaunch-assets',
  whenLate: 'Try again: what is copied stays.',
  create: copy,
  update: copy,
  // The copies are still there; the release that they came from may be gone.
  goBack: async () => ({}),
  async delete({ Bucket }, { stackId, stop }) {
    if (await isStackGoing(stackId, stop)) await emptyBucket(Bucket, stop);
  },
});

async function copy(properties: PropertiesOf<Copying>, { stop }: Run): Promise<object> {
  if (properties.SourceBucket !== '') await copyRelease(properties, stop);
  return {};
}
