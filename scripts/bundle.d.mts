/** Bundles src/ into a folder, as CommonJS. */
export function bundle(root: string, lib: string): Promise<readonly string[]>;
