import { type Diagnostic, error, warning } from '../diagnostics/diagnostic.ts';
import { throwFaults } from '../diagnostics/refusal.ts';
import { PROVENANCE, SBOM, templatePath } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import type { VerifiedRelease } from './verify-release.ts';

/** A mirror whose release was compared with its own manifest. */
interface Mirror {
  readonly region: string;
  readonly release: VerifiedRelease;
}

/**
 * Compares the mirrors of a release with each other: each has a manifest of its own, because its templates name its
 * bucket, but all other files are the same, and so is what is said of the release.
 * @param regions of the releases, in their order
 * @returns that channels point at different releases, or that one is withdrawn in some regions only
 * @throws Refusal PL7008 for a file that is another in one of them
 */
export function compareMirrors(
  releases: readonly VerifiedRelease[],
  regions: readonly string[],
): readonly Diagnostic[] {
  const [first, ...others] = releases.map((release, at): Mirror => ({ region: regions[at]!, release }));
  const same = others.filter(({ release }) => release.version === first!.release.version);
  throwFaults(same.flatMap((other) => differentFiles(first!, other)));
  return others.flatMap((other) => differentState(first!, other));
}

function differentFiles(first: Mirror, other: Mirror): readonly Diagnostic[] {
  const [here, there] = [sameEverywhere(first.release.files), sameEverywhere(other.release.files)];
  const paths = [...new Set([...here.keys(), ...there.keys()])].filter((path) => here.get(path) !== there.get(path));
  return paths.sort().map((path) =>
    error({
      code: 'PL7008',
      message: `${path} of release ${first.release.version} is not the same in ${first.region} and in ${other.region}.`,
      hint: 'Do not launch this release from either, and find out who wrote there.',
    }),
  );
}

/** Files of a release that do not name the bucket, with their hashes; of templates only that they are there. */
function sameEverywhere(files: readonly ManifestFile[]): ReadonlyMap<string, string> {
  const wanted = files.filter(({ path }) => path !== SBOM && path !== PROVENANCE);
  return new Map(wanted.map(({ path, sha256 }) => [path, path.startsWith(templatePath('')) ? 'is there' : sha256]));
}

function differentState(first: Mirror, other: Mirror): readonly Diagnostic[] {
  const { version } = first.release;
  if (other.release.version !== version) {
    const message = `The channel points at ${version} in ${first.region}, and at ${other.release.version} in ${other.region}.`;
    return [
      warning({ code: 'PL7008', message, hint: 'Run podlaunch publish or podlaunch rollback again for all regions.' }),
    ];
  }
  const [here, there] = [isWithdrawn(first), isWithdrawn(other)];
  if (here === there) return [];
  const [yes, no] = here ? [first.region, other.region] : [other.region, first.region];
  const message = `Release ${version} is withdrawn in ${yes}, and not in ${no}.`;
  return [warning({ code: 'PL7008', message, hint: 'Run podlaunch withdraw again for all regions.' })];
}

function isWithdrawn({ release }: Mirror): boolean {
  return release.warnings.some(({ code }) => code === 'PL4061');
}
