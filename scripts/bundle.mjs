// Bundles src/ into lib/: as few files for a command as it can without loading much that the command does not use. esbuild
// divides a bundle into chunks only as ES modules, but Node starts CommonJS sooner: no loader of ES modules, no facades of
// Node's own modules. So the chunks are made as ES modules in a scratch folder, and groups of them are written to lib/ as
// CommonJS, with their source maps.
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { grouped } from './chunk-groups.mjs';
import { withoutExamples } from './without-examples.mjs';

/** @typedef {import('esbuild').Metafile['outputs'][string]} Output */
/** @typedef {{file: string, chunks: readonly string[]}} Group a file of lib/, relative to it, and the names of the chunks in it */
/** @typedef {{main: string, file: string, folder: string, frequent: readonly (readonly string[])[]}} Part what is bundled alone, the file that it begins in, where its chunks go, and what is loaded most */

const TARGET = 'node20.19';
const URL = "const __url=require('node:url').pathToFileURL(__filename).href;";
const CHUNK = /^(?:\.\/|\.\.\/)(?:\w+\/)?([^/]+\.cjs)$/;

/**
 * The program and the library are two bundles, with no file in common: a file of both would have to start neither, and
 * the library would come in as many pieces as the program needs. Frequent are the runs that people wait for.
 * @type {readonly Part[]}
 */
const PARTS = [
  {
    main: 'src/cli/cli.ts',
    file: 'chunks/program.cjs',
    folder: 'chunks',
    frequent: [
      [],
      ['src/cli/compile.ts'],
      ['src/cli/links.ts'],
      // Twice: editors and hooks check files at every turn.
      ['src/cli/validate.ts'],
      ['src/cli/validate.ts'],
      ['src/cli/validate.ts', 'src/pipelines/check-config.ts'],
    ],
  },
  { main: 'src/index.ts', file: 'index.cjs', folder: 'library', frequent: [[]] },
];

/**
 * @param {string} root of the repository
 * @param {string} lib folder to write cli.cjs, index.cjs, their chunks and index.js to
 * @returns {Promise<readonly string[]>} the files that the bundle was made of, relative to root
 */
export async function bundle(root, lib) {
  const parts = [];
  for (const part of PARTS) parts.push(await bundlePart(root, lib, part));
  writeFileSync(join(lib, 'index.js'), facade(parts.flatMap(({ exports }) => exports)));
  copyFileSync(join(root, 'scripts', 'launcher.cjs'), join(lib, 'cli.cjs'));
  chmodSync(join(lib, 'cli.cjs'), 0o755);
  return [...new Set(parts.flatMap(({ inputs }) => inputs))];
}

/** What is in a bundle, and what stays outside: options of esbuild. @param {string} root of the repository */
export function asModules(root) {
  return {
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: /** @type {const} */ ('esm'),
    platform: /** @type {const} */ ('node'),
    // ES modules where a package has both: esbuild leaves out of them what nobody uses.
    mainFields: ['module', 'main'],
    // The AWS SDK stays a package of its own; all else is small, and an installation need not fetch it.
    external: Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies),
  };
}

/** @param {string} root @param {string} lib @param {Part} part */
async function bundlePart(root, lib, { main, file, folder, frequent }) {
  const isProgram = main !== 'src/index.ts';
  const scratch = join(lib, '.esm');
  try {
    const { metafile } = await build({
      ...asModules(root),
      entryPoints: [main],
      outdir: scratch,
      outExtension: { '.js': '.cjs' },
      entryNames: '[name]',
      chunkNames: `${folder}/[name]-[hash]`,
      target: TARGET,
      sourcemap: true,
      sourcesContent: false,
      plugins: [lateModules, versionOnly(root), ...(isProgram ? [withoutExamples] : [])],
      logLevel: 'warning',
      metafile: true,
    });
    const chunks = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.cjs'));
    const outputs = new Map(chunks.map(([path, output]) => [basename(path), output]));
    const entry = `${basename(main, '.ts')}.cjs`;
    const groups = grouped(outputs, main, frequent).map((names) => ({
      file: names.includes(entry) ? file : fileOf(names, folder),
      chunks: names,
    }));
    for (const group of groups) await writeGroup(group, groups, outputs, { scratch, lib, entry, folder, isProgram });
    return { inputs: Object.keys(metafile.inputs), exports: outputs.get(entry)?.exports ?? [] };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What a group is called: after what it is entered by, or after its first chunk. @param {readonly string[]} names @param {string} folder */
function fileOf(names, folder) {
  return `${folder}/${names.find((name) => !name.startsWith('chunk-')) ?? names[0]}`;
}

/**
 * Writes a group of chunks as one CommonJS file. Other groups find in it, by the name of a chunk, what the chunk exports.
 * @param {Group} group @param {readonly Group[]} groups @param {ReadonlyMap<string, Output>} outputs
 * @param {{scratch: string, lib: string, entry: string, folder: string, isProgram: boolean}} places
 */
async function writeGroup({ file, chunks }, groups, outputs, { scratch, lib, entry, folder, isProgram }) {
  const placeOf = (/** @type {string} */ name) => (name === entry ? name : `${folder}/${name}`);
  const inside = (/** @type {string} */ name) => chunks.includes(name);
  const askedFor = new Set(
    [...outputs].flatMap(([name, { imports }]) =>
      imports.flatMap(({ path, kind }) => {
        const to = basename(path);
        return outputs.has(to) && (kind === 'dynamic-import' || !inside(name)) && inside(to) ? [to] : [];
      }),
    ),
  );
  const lines = [
    ...[...askedFor].map((name) => `export * as ${id(name)} from './${placeOf(name)}';`),
    ...(inside(entry) ? [`export * from './${entry}';`] : []),
  ];
  /** How code in this group asks for another group. @param {string} name of a chunk in it */
  const requireOf = (name) => {
    const to = groups.find((one) => one.chunks.includes(name))?.file ?? name;
    const path = relative(dirname(join(lib, file)), join(lib, to)).replaceAll('\\', '/');
    return `require(${JSON.stringify(path.startsWith('.') ? path : `./${path}`)}).${id(name)}`;
  };
  const asksForUrl = chunks.some((name) =>
    readFileSync(join(scratch, placeOf(name)), 'utf8').includes('import.meta.url'),
  );
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: scratch },
    outfile: join(lib, file),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    // What may never be loaded is required when it is: Node's loader of ES modules is not started for it.
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    packages: 'external',
    define: asksForUrl ? { 'import.meta.url': '__url' } : {},
    // Node puts this around a module; for the program lib/cli.cjs would have to copy the text for it.
    banner: { js: `${isProgram ? '(function(exports,require,module,__filename){' : ''}${asksForUrl ? URL : ''}` },
    footer: { js: isProgram ? '})' : '' },
    plugins: [otherGroups(inside, outputs, requireOf)],
    logLevel: 'warning',
  });
}

/**
 * What a group takes from others: what it imports is there when it starts, what it may import is loaded when it is.
 * @param {(name: string) => boolean} inside @param {ReadonlyMap<string, Output>} outputs @param {(name: string) => string} requireOf
 * @returns {import('esbuild').Plugin}
 */
function otherGroups(inside, outputs, requireOf) {
  return {
    name: 'other-groups',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: CHUNK }, ({ path, kind }) => {
        // What `requireOf` has written is a place in lib/ already.
        if (kind === 'require-call') return { path, external: true };
        const name = basename(path);
        return inside(name) ? undefined : { path: name, namespace: 'group' };
      });
      onLoad({ filter: /.*/, namespace: 'group' }, ({ path: name }) => {
        const names = outputs.get(name)?.exports ?? [];
        const taken = names.map((one) => (one === 'default' ? 'default: __default' : one)).join(', ');
        const given = names.map((one) => (one === 'default' ? '__default as default' : one)).join(', ');
        return { contents: `const { ${taken} } = ${requireOf(name)};\nexport { ${given} };` };
      });
      onLoad({ filter: /\.cjs$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll(/\bimport\("(\.[^"]+\.cjs)"\)/g, (written, to) =>
          CHUNK.test(to) ? `Promise.resolve().then(() => ${requireOf(basename(to))})` : written,
        ),
        resolveDir: dirname(path),
      }));
    },
  };
}

/** The name of a chunk as a word of JavaScript. @param {string} name */
function id(name) {
  return name.replace(/\.cjs$/, '').replaceAll(/\W/g, '_');
}

/**
 * Of podlaunch's own package.json its version is bundled, and nothing else.
 * @param {string} root of the repository
 * @returns {import('esbuild').Plugin}
 */
function versionOnly(root) {
  return {
    name: 'version-only',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]package\.json$/ }, ({ path }) => {
        if (path !== join(root, 'package.json')) return undefined;
        const { version } = JSON.parse(readFileSync(path, 'utf8'));
        return { contents: JSON.stringify({ version }), loader: 'json' };
      });
    },
  };
}

/**
 * Modules of Node that take milliseconds to load (node:crypto loads all streams), with functions of theirs that few runs
 * call: a module of ours that takes nothing else of them loads them when one of these is called.
 */
const LATE = new Map(
  Object.entries({
    'node:child_process': ['spawn', 'spawnSync'],
    'node:crypto': ['createHash'],
    'node:fs/promises': ['link', 'open', 'readdir', 'readFile', 'rename', 'rm', 'stat'],
    'node:http': ['get'],
    'node:https': ['get'],
    'node:module': ['createRequire'],
    'node:net': ['isIP'],
    'node:os': ['homedir', 'tmpdir'],
  }),
);

/**
 * commander loads Node's child processes, and with them the network, for commands that are programs of their own:
 * podlaunch has none, so they too are loaded when commander asks for one.
 * @type {import('esbuild').Plugin}
 */
const lateModules = {
  name: 'late-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, importer, kind }) => {
      const functions = LATE.get(path);
      if (!functions) return undefined;
      const isCommander = /[\\/]node_modules[\\/]commander[\\/]/.test(importer);
      const late =
        isCommander ||
        (kind === 'import-statement' && namesOf(importer, path)?.every((name) => functions.includes(name)));
      return late ? { path, namespace: 'late', sideEffects: false } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: (LATE.get(path) ?? [])
        .map((name) => `export const ${name} = (...args) => process.getBuiltinModule('${path}').${name}(...args);`)
        .join('\n'),
    }));
  },
};

/** What a module takes of another, types aside; undefined where it takes all of it. @param {string} file @param {string} from */
function namesOf(file, from) {
  const taken = new RegExp(`import \\{([^}]*)\\} from '${from}'`).exec(readFileSync(file, 'utf8'))?.[1];
  return taken
    ?.split(',')
    .map((name) => name.trim().replace(/ as .*/, ''))
    .filter((name) => name !== '' && !name.startsWith('type '));
}

/** What a program imports, as an ES module. @param {readonly string[]} names @returns {string} */
function facade(names) {
  return `import api from './index.cjs';\n\nexport const { ${[...names].sort().join(', ')} } = api;\n`;
}
