// Bundles src/ into lib/: a chunk for each command and for what several share. esbuild divides a bundle into chunks only
// as ES modules, but Node starts CommonJS sooner: no loader of ES modules, no facades of Node's own modules. So the
// chunks are made as ES modules in a scratch folder, and written to lib/ as CommonJS, with their source maps.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const TARGET = 'node20.19';

/**
 * @param {string} root of the repository
 * @param {string} lib folder to write cli.cjs, index.cjs, their chunks and index.js to
 * @returns {Promise<readonly string[]>} the files that the bundle was made of, relative to root
 */
export async function bundle(root, lib) {
  const scratch = join(lib, '.esm');
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['src/index.ts', 'src/cli/cli.ts'],
      outdir: scratch,
      outExtension: { '.js': '.cjs' },
      entryNames: '[name]',
      chunkNames: 'chunks/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      // ES modules where a package has both: esbuild leaves out of them what nobody uses.
      mainFields: ['module', 'main'],
      target: TARGET,
      sourcemap: true,
      sourcesContent: false,
      // The AWS SDK stays a package of its own; all else is small, and an installation need not fetch it.
      external: Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies),
      plugins: [lazyChildProcess],
      logLevel: 'warning',
      metafile: true,
    });
    await asCommonJs(scratch, lib);
    const index = metafile.outputs[relative(root, join(scratch, 'index.cjs'))];
    writeFileSync(join(lib, 'index.js'), facade(index?.exports ?? []));
    chmodSync(join(lib, 'cli.cjs'), 0o755);
    return Object.keys(metafile.inputs);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Writes ES modules as CommonJS. `import.meta.url` stays what it is, in the files that ask for it.
 * @param {string} from @param {string} to
 */
async function asCommonJs(from, to) {
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cjs'));
  const paths = files.map((name) => join(from, name));
  const asksForUrl = (/** @type {string} */ path) => readFileSync(path, 'utf8').includes('import.meta.url');
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    outdir: to,
    outbase: from,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  };
  await build({ ...options, entryPoints: paths.filter((path) => !asksForUrl(path)) });
  await build({
    ...options,
    entryPoints: paths.filter(asksForUrl),
    define: { 'import.meta.url': '__url' },
    banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
  });
}

/**
 * commander loads Node's child processes, and with them the network, for commands that are programs of their own:
 * podlaunch has none. They are loaded when commander asks for one.
 * @type {import('esbuild').Plugin}
 */
const lazyChildProcess = {
  name: 'lazy-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `module.exports = { spawn: (...args) => process.getBuiltinModule('node:${path}').spawn(...args) };`,
    }));
  },
};

/** What a program imports, as an ES module. @param {readonly string[]} names @returns {string} */
function facade(names) {
  return `import api from './index.cjs';\n\nexport const { ${[...names].sort().join(', ')} } = api;\n`;
}
