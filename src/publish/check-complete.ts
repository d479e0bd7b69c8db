import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { throwFaults } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { releasePrefix } from '../release/layout.ts';
import type { Manifest } from '../release/manifest.ts';
import type { Store } from './stores/store.ts';

/**
 * Reads every file of a release, and compares it with the manifest.
 * @throws Refusal PL4021 and PL4022, one finding for each file that was changed or removed
 */
export async function checkComplete(store: Store, { version, files }: Manifest): Promise<void> {
  const faults: Diagnostic[] = [];
  await inParallel(files, AT_A_TIME, async ({ path, sha256: expected, size }) => {
    const stored = await store.get(releasePrefix(version) + path, size);
    if (stored && stored !== 'larger' && sha256(stored.bytes) === expected) return;
    const fault = stored
      ? { code: 'PL4021', message: `${path} of release ${version} is not what its manifest says.` }
      : { code: 'PL4022', message: `${path} of release ${version} is missing.` };
    faults.push(error({ ...fault, hint: 'Choose another release, or publish this one again from its source.' }));
  });
  throwFaults(faults.sort((a, b) => (a.message < b.message ? -1 : 1)));
}
