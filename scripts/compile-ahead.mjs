// Keeps what V8 compiles while podlaunch runs, so that it need not compile it again in every run: for the Node that the
// build runs with, in a folder with its name. Node 22 has a cache of its own for this, which writes to the folder of
// temporary files of everybody who runs a program; here nothing is written but by the build.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LINKS = ['links', '--offline', '--to', 's3://releases/podlaunch', '--region', 'us-west-2'];

/** What is run: the commands that people wait for, on what is at hand. */
const RUNS = [
  ['validate'],
  ['compile', '--out', 'dist'],
  ['validate', 'dist/prerequisites.yaml', 'dist/directory.yaml', 'dist/cluster.yaml'],
  LINKS,
  // A value is compared with the parameters of the templates, which are compiled for it.
  [...LINKS, '--param', 'ClusterName=physics'],
];

/** Run before the program: `scripts` then has each of its scripts, with the name of its file. */
export const KEEP_SCRIPTS = `
const vm = require('node:vm');
const { Script } = vm;
const scripts = [];
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    if (options?.filename) scripts.push([options.filename, this]);
  }
};
`;

/** Run before the program: writes what has been compiled of its scripts at the end. */
const RECORDER = `${KEEP_SCRIPTS}
process.on('exit', () => {
  const { basename, join } = require('node:path');
  for (const [filename, script] of scripts)
    require('node:fs').writeFileSync(join(process.env.COMPILED, basename(filename)), script.createCachedData());
});
`;

/**
 * Runs commands of a bundle, and keeps what V8 compiled of each file in the run that used most of it.
 * @param {string} lib folder with cli.cjs; it gets the folder ahead/
 */
export function compileAhead(lib) {
  const out = join(lib, 'ahead', `${process.version}-${process.platform}-${process.arch}`);
  const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-ahead-'));
  try {
    rmSync(join(lib, 'ahead'), { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const recorder = join(scratch, 'recorder.cjs');
    writeFileSync(recorder, RECORDER);
    for (const [index, args] of RUNS.entries()) {
      const compiled = join(scratch, String(index));
      mkdirSync(compiled);
      const { NODE_OPTIONS: _, ...env } = process.env;
      execFileSync(process.execPath, ['--require', recorder, join(lib, 'cli.cjs'), ...args], {
        cwd: scratch,
        env: { ...env, COMPILED: compiled },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      for (const name of readdirSync(compiled)) keepLarger(join(compiled, name), join(out, name));
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** @param {string} from @param {string} to */
function keepLarger(from, to) {
  const before = statSync(to, { throwIfNoEntry: false })?.size ?? 0;
  if (statSync(from).size > before) copyFileSync(from, to);
}
