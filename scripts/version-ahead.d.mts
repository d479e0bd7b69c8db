/** Keeps the version of a release of the defaults in lib/known-version.json. */
export function versionAhead(root: string, lib: string): Promise<void>;
