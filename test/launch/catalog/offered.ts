import { compileRelease } from '../../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import { type CatalogRelease, catalog } from '../../../src/launch/catalog/catalog.ts';
import { ANYWHERE } from '../../../src/stacks/release-location.ts';

export const PROJECT = DEFAULTS.project.name;

/** The launchpad as a release has it, and the one that keeps nothing. */
export const [launchpad, trial] = await compileRelease(DEFAULTS, { sha256: 'a'.repeat(64) }, ANYWHERE);

/** A release as a catalogue offers it. */
export function offered(version: string, template: CatalogRelease['template'] = launchpad!.value): CatalogRelease {
  const url = `https://releases.s3.us-west-2.amazonaws.com/podlaunch/releases/${version}/templates/launchpad.yaml`;
  return { version, publishedAt: '2026-11-27T12:00:00Z', url, template };
}

/** A catalogue of these releases. */
export function catalogOf(...releases: readonly CatalogRelease[]) {
  return catalog({ releases, project: PROJECT, publisher: 'Research Computing', summary: 'A cluster' });
}
