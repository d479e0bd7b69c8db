import { refuse } from '../../diagnostics/refusal.ts';
import type { FolderTarget, S3Target, Target } from '../../release/target.ts';
import { openFolderStore } from './folder-store.ts';
import type { S3Store } from './s3-store.ts';
import type { Store } from './store.ts';

/** A place to publish to, opened. */
export type OpenTarget =
  | { readonly kind: 's3'; readonly target: S3Target; readonly store: S3Store }
  | { readonly kind: 'folder'; readonly target: FolderTarget; readonly store: Store };

/**
 * Opens a place to publish to. Only a place in S3 loads the AWS SDK.
 * @param owner account that must own the bucket
 * @throws Refusal PL4017 for an owner that is no account id
 */
export async function openTarget(target: Target, owner?: string): Promise<OpenTarget> {
  if (target.kind === 'folder') return { kind: 'folder', target, store: openFolderStore(target.folder) };
  if (owner !== undefined && !/^[0-9]{12}$/.test(owner)) {
    throw refuse({
      code: 'PL4017',
      message: `${JSON.stringify(owner)} is not a valid account id.`,
      hint: 'Give the 12 digits of the account: --expected-bucket-owner 111122223333.',
    });
  }
  const { openS3Store } = await import('./s3-store.ts');
  return { kind: 's3', target, store: await openS3Store(target, owner) };
}
