import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes publisher-process.ts a program that node runs, in a folder; gives its path. */
export async function buildPublisher(folder: string): Promise<string> {
  const outfile = join(folder, 'publisher.mjs');
  const require = "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);";
  await build({
    entryPoints: [join(import.meta.dirname, 'publisher-process.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: { js: require },
  });
  return outfile;
}
