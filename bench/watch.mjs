// Measures how soon `podlaunch validate --watch` answers: from the moment before a template is written to the report of
// it. Usage: node watch.mjs [ROUNDS]; needs `npm run build` above. It prints a table, which run.mjs adds to its own.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GOAL = 50;
const TEMPLATES = ['prerequisites.yaml', 'directory.yaml', 'cluster.yaml'];
/** How long it checks what it knows before anything is measured, and how long a change waits for the last, in milliseconds. */
const WARM_UP = 2000;
const PAUSE = 50;

/**
 * A table of the milliseconds from a change of a template to its report.
 * @param {number} rounds changes of each template @returns {Promise<string>}
 */
export async function watchTable(rounds) {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-watch-'));
  cpSync(join(here, '..', 'dist'), scratch, { recursive: true });
  const { timed, cpu, end } = watching(join(here, '..', 'lib', 'cli.cjs'), scratch);
  const first = await timed(() => {});
  await pause(WARM_UP);
  /** @type {string[]} */
  const rows = [];
  for (const name of TEMPLATES) {
    const path = join(scratch, name);
    const text = readFileSync(path, 'utf8');
    /** @type {number[]} */
    const times = [];
    const before = cpu();
    for (let round = 0; round < rounds; round++) {
      const changed = round % 2 === 0 ? text.replace(/^( {4}Type: )AWS::/m, '$1AWSS::') : text;
      times.push(await timed(() => writeFileSync(path, `${changed}# ${round}\n`)));
      await pause(PAUSE);
    }
    times.sort((a, b) => a - b);
    const shown = [0.5, 0.9, 1].map((part) => times[Math.min(rounds - 1, Math.floor(rounds * part))]?.toFixed(0));
    rows.push(
      `| ${name}, ${Math.round(text.length / 1000)} KB | ${shown.join(' | ')} | ${((cpu() - before) / rounds).toFixed(0)} |`,
    );
  }
  end();
  rmSync(scratch, { recursive: true, force: true });
  return `Milliseconds from a change to its report, ${rounds} changes each, goal ${GOAL} (the first report came after ${first.toFixed(0)}):

| template | median | 90 % | longest | CPU, mean |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

/** A process that watches the templates of a folder. @param {string} cli @param {string} cwd */
function watching(cli, cwd) {
  const child = spawn('node', [cli, 'validate', '*.yaml', '--watch'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {(() => void) | undefined} */
  let reported;
  // The line on stderr comes after the report.
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (text.includes('Watching ')) reported?.();
  });
  child.stdout.resume();
  return { timed, cpu, end: () => void child.kill() };

  /** @param {() => void} act @returns {Promise<number>} milliseconds until the next report */
  function timed(act) {
    return new Promise((done) => {
      const start = performance.now();
      reported = () => done(performance.now() - start);
      act();
    });
  }

  /** CPU that the process has used, in milliseconds; not a number where the system does not say it in /proc. */
  function cpu() {
    const path = `/proc/${child.pid}/stat`;
    if (!existsSync(path)) return Number.NaN;
    const [user, system] = readFileSync(path, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
    return ((user ?? 0) + (system ?? 0)) * 10;
  }
}

/** @param {number} time in milliseconds */
function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await watchTable(Number(process.argv[2] ?? 41)));
