// Measures how soon `podlaunch validate --watch` answers: from the moment before a template is written to the report of
// it. Usage: node watch.mjs [ROUNDS]; needs `npm run build` above. It prints a table.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GOAL = 50;
const here = fileURLToPath(new URL('.', import.meta.url));
const rounds = Number(process.argv[2] ?? 41);
const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-watch-'));
cpSync(join(here, '..', 'dist'), scratch, { recursive: true });

const child = spawn('node', [join(here, '..', 'lib', 'cli.cjs'), 'validate', '*.yaml', '--watch'], {
  cwd: scratch,
  stdio: ['ignore', 'pipe', 'pipe'],
});
/** @type {(() => void) | undefined} */
let reported;
// The line on stderr comes after the report.
child.stderr.setEncoding('utf8').on('data', (text) => {
  if (text.includes('Watching ')) reported?.();
});
child.stdout.resume();

/** @param {() => void} act @returns {Promise<number>} milliseconds until the next report */
function timed(act) {
  return new Promise((done) => {
    const start = performance.now();
    reported = () => done(performance.now() - start);
    act();
  });
}

/** CPU that the process has used, in milliseconds; undefined where the system does not say it in /proc. */
function cpu() {
  const path = `/proc/${child.pid}/stat`;
  if (!existsSync(path)) return undefined;
  const [user, system] = readFileSync(path, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
  return ((user ?? 0) + (system ?? 0)) * 10;
}

const first = await timed(() => {});
await new Promise((done) => setTimeout(done, 2000));
/** @type {[string, number[], string][]} */
const rows = [];
for (const name of ['prerequisites.yaml', 'directory.yaml', 'cluster.yaml']) {
  const path = join(scratch, name);
  const text = readFileSync(path, 'utf8');
  /** @type {number[]} */
  const times = [];
  const before = cpu();
  for (let round = 0; round < rounds; round++) {
    const changed = round % 2 === 0 ? text.replace(/^( {4}Type: )AWS::/m, '$1AWSS::') : text;
    times.push(await timed(() => writeFileSync(path, `${changed}# ${round}\n`)));
    await new Promise((done) => setTimeout(done, 50));
  }
  const after = cpu();
  const used = before === undefined || after === undefined ? '' : ((after - before) / rounds).toFixed(0);
  rows.push([`${name}, ${Math.round(text.length / 1000)} KB`, times.sort((a, b) => a - b), used]);
}
child.kill();
rmSync(scratch, { recursive: true, force: true });

console.log(`Milliseconds from a change to its report, ${rounds} changes each, goal ${GOAL} (the first report came after ${first.toFixed(0)}):

| template | median | 90 % | longest | CPU, mean |
| --- | ---: | ---: | ---: | ---: |
${rows.map(([name, times, used]) => `| ${name} | ${[0.5, 0.9, 1].map((part) => times[Math.min(times.length - 1, Math.floor(times.length * part))]?.toFixed(0)).join(' | ')} | ${used} |`).join('\n')}`);
