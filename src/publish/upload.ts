import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { MANIFEST, releasePrefix } from '../release/layout.ts';
import type { Release } from '../release/release.ts';
import type { PublishEvent } from './events.ts';
import { claimedAt, missingFiles, type PublishPlan } from './plan.ts';
import type { Store } from './stores/store.ts';

/**
 * Writes what a plan found missing. The manifest goes first: it claims the version, so that of two publishers with
 * other bytes one is refused before it has written anything.
 * @throws Refusal PL4020 when someone else has claimed the version since the plan was made, PL4021 or PL4022 when what is there in the end is not the release
 */
export async function upload(store: Store, plan: PublishPlan, tell: (event: PublishEvent) => void): Promise<void> {
  const { release, claimed, missing } = plan;
  if (claimed && missing.length === 0) return;
  if (!claimed) await claim(store, release);
  let done = 0;
  await inParallel(missing, AT_A_TIME, async (file) => {
    await store.putIfAbsent(releasePrefix(release.version) + file.path, file);
    tell({ kind: 'uploaded', path: file.path, done: ++done, of: missing.length });
  });
  await checkStored(store, release);
}

async function claim(store: Store, release: Release): Promise<void> {
  const key = releasePrefix(release.version) + MANIFEST;
  if (await store.putIfAbsent(key, release.manifest)) return;
  if (await claimedAt(store, release)) return;
  throw refuse({
    code: 'PL4022',
    message: `${store.name}/${key} was there, and then was not.`,
    hint: 'Something removes files there. Stop it, and run the command again.',
  });
}

/** Lists the release again, and compares: what another publisher of the same release wrote must be the same. */
async function checkStored(store: Store, release: Release): Promise<void> {
  const missing = await missingFiles(store, release, await store.list(releasePrefix(release.version)));
  if (missing.length === 0) return;
  throw new Refusal(
    missing.map(({ path }) =>
      error({
        code: 'PL4022',
        message: `${path} of release ${release.version} is not in ${store.name}, although it was written.`,
        hint: 'Something removes files there (a lifecycle rule?). Stop it, and run the command again.',
      }),
    ),
  );
}
