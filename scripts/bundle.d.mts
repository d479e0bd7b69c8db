/** Bundles src/ into a folder, as CommonJS. */
export function bundle(root: string, lib: string): Promise<readonly string[]>;

/** What is in a bundle, and what stays outside: options of esbuild. */
export function asModules(root: string): {
  readonly absWorkingDir: string;
  readonly bundle: true;
  readonly splitting: true;
  readonly format: 'esm';
  readonly platform: 'node';
  readonly mainFields: string[];
  readonly external: string[];
};
