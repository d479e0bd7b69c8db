// `npm test`: every check the project has, then `N passed, N failed`. What waits more than it works, for nodes and for a
// directory, runs beside what works.
// `npm test -- unit lab` runs only the named stages, `npm test -- quick` those that answer within minutes and need no
// root. In CI (CI=true) nothing may be skipped.
import { beside, command } from './test/command.mjs';
import { add, none } from './test/count.mjs';
import { lab } from './test/lab.mjs';
import { otherNodes } from './test/other-nodes.mjs';
import { python, shell } from './test/python.mjs';
import { rehearsal } from './test/rehearsal.mjs';
import { vitest } from './test/vitest.mjs';

/** @typedef {import('./test/count.mjs').Count} Count */
/** `waits`: it may run beside another stage. @typedef {{minutes: number, what: string, waits?: true, run: () => Promise<Count>}} Stage */

/** What there is to run, in this order, with its time on two quiet processors. @type {Record<string, Stage>} */
const STAGES = {
  build: { minutes: 0.2, what: 'lib/ from src/', run: () => command('npm', ['run', '--silent', 'build']) },
  format: { minutes: 0.1, what: 'biome', run: () => command('npx', ['biome', 'check', '.']) },
  types: { minutes: 0.2, what: 'tsc', run: types },
  shell: { minutes: 0.2, what: 'shellcheck, shfmt', run: shell },
  python: { minutes: 0.7, what: 'ruff, mypy, the unit tests of the node scripts', run: python },
  unit: { minutes: 2.4, what: 'the unit tests, on this Node.js', run: () => vitest('unit') },
  nodes: { minutes: 5, what: 'the unit tests, on the other majors of Node.js', run: otherNodes },
  oracles: { minutes: 3, what: 'other tools judge what podlaunch makes', run: () => vitest('oracles') },
  emulators: { minutes: 7, what: 'emulators, and a browser', run: () => vitest('emulators', { again: true }) },
  rehearsal: { minutes: 6, what: 'the whole launch on one machine; needs root', waits: true, run: rehearsal },
  lab: { minutes: 20, what: 'a real directory and real nodes; needs root', waits: true, run: lab },
};

const QUICK = ['build', 'format', 'types', 'unit'];

const asked = process.argv.slice(2).flatMap((name) => (name === 'quick' ? QUICK : [name]));
const unknown = asked.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}, quick.`);
  process.exit(2);
}

const chosen = Object.entries(STAGES).filter(([name]) => asked.length === 0 || asked.includes(name));
const build = chosen.filter(([name]) => name === 'build'); // The others take lib/ as it is then.
const waiting = chosen.filter(([, stage]) => stage.waits);
const working = chosen.filter((one) => !build.includes(one) && !waiting.includes(one));

const minutesOf = (/** @type {typeof chosen} */ stages) => stages.reduce((sum, [, { minutes }]) => sum + minutes, 0);
// The sides share the processors: about half of the shorter one comes on top.
const sides = [minutesOf(working), minutesOf(waiting)];
const minutes = Math.ceil(minutesOf(build) + Math.max(...sides) + Math.min(...sides) / 2);
console.log(`About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} on a quiet machine with two processors:`);
for (const [name, { minutes, what }] of chosen) {
  console.log(`  ${name.padEnd(10)} ${minutes < 1 ? ' <1' : String(Math.round(minutes)).padStart(3)} min  ${what}`);
}
if (asked.length === 0) console.log('An answer within minutes, without root: npm test -- quick');

let total = await inOrder(build, false);
const isBeside = working.length > 0 && waiting.length > 0;
for (const count of await Promise.all([inOrder(working, isBeside), inOrder(waiting, isBeside)]))
  total = add(total, count);
const inCi = process.env.CI !== undefined && process.env.CI !== '';
if (inCi && total.skipped > 0) {
  console.log(`${total.skipped} skipped: in CI that is a failure.`);
  total.failed += total.skipped;
}
// Said again where a reader of a long log looks first.
for (const line of [...total.failures, ...total.flaky]) console.log(line);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs stages one after the other. @param {typeof chosen} stages @param {boolean} isBeside whether others run meanwhile */
async function inOrder(stages, isBeside) {
  let sum = none();
  for (const [name, { run }] of stages) {
    console.log(`\n== ${name}`);
    const start = Date.now();
    const found = await (isBeside ? beside.run(name, run) : run());
    sum = add(sum, found);
    const { passed, failed, skipped } = found;
    const seconds = Math.round((Date.now() - start) / 1000);
    console.log(`== ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`);
  }
  return sum;
}

async function types() {
  let count = none();
  for (const project of ['tsconfig.json', 'tsconfig.scripts.json', 'tsconfig.page.json'])
    count = add(count, await command('npx', ['tsc', '--noEmit', '-p', project]));
  return count;
}
