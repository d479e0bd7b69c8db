import { not } from '../../aws/conditions.ts';
import { join } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { ENTRY_PATH, LIST_PATH, namedEntryPath } from '../../functions/lib/node-folder.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';
import { assetCopy } from './asset-copy.ts';
import { nodeBucket } from './node-bucket.ts';

interface WithAssets {
  /** What is copied. */
  readonly assets: { readonly sha256: string };
}

/** The launcher's own bucket, and what copies the scripts that run on the nodes into it. */
export const nodeScripts = part({
  name: 'node-scripts',
  needs: { release: made },
  build(template, { release }, { assets }: WithAssets) {
    const bucket = nodeBucket(template);
    const copy = assetCopy(template, { bucket, assetsSha256: assets.sha256, release });
    return { nodeBucket: bucket, NodeBucketName: bucket.ref(), assetCopy: copy };
  },
  gives: {
    nodeBucket: 'The bucket of the scripts.',
    NodeBucketName: 'Bucket that the nodes read their scripts from.',
    assetCopy: 'What copies the scripts, and as whom.',
  },
});

/** Says what to run where the template came without a release, and so copies nothing. */
export const copyScriptsCommand = part({
  name: 'copy-scripts-command',
  needs: { release: made, NodeBucketName: made },
  build(template, { release, NodeBucketName }, { assets }: WithAssets) {
    const given = template.condition('HasNoRelease', not(release.given));
    return { CopyScriptsCommand: gift(command(NodeBucketName, assets.sha256), { given }) };
  },
  gives: {
    CopyScriptsCommand:
      'This template came without a release: run this in the folder that contains lifecycle-scripts and dist, before the cluster is made.',
  },
});

/** What the copy function does for a release: the files, their list, and the entry script under the name that says which list. */
function command(bucket: Expression<string>, assetsSha256: string): Expression<string> {
  const noise = ['.*', '*/.*', '*__pycache__/*', '*.pyc', '*~'].map((pattern) => `--exclude '${pattern}'`).join(' ');
  const files = sub`aws s3 sync lifecycle-scripts s3://${bucket}/${assetsSha256}/lifecycle-scripts ${noise}`;
  const list = sub`aws s3 cp dist/assets.json s3://${bucket}/${assetsSha256}/${LIST_PATH}`;
  const entry = sub`aws s3 cp ${ENTRY_PATH} s3://${bucket}/${assetsSha256}/${namedEntryPath(assetsSha256)}`;
  return join(' && ', [files, list, entry]);
}
