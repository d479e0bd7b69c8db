// `npm test`: every check the project has, one after the other, then `N passed, N failed`.
// `npm test -- unit lab` runs only the named stages, `npm test -- quick` those that answer within minutes and need no
// root. In CI (CI=true) nothing may be skipped.
import { command } from './test/command.mjs';
import { add, none } from './test/count.mjs';
import { lab } from './test/lab.mjs';
import { otherNodes } from './test/other-nodes.mjs';
import { python, shell } from './test/python.mjs';
import { rehearsal } from './test/rehearsal.mjs';
import { vitest } from './test/vitest.mjs';

/** @typedef {{minutes: number, what: string, run: () => Promise<import('./test/count.mjs').Count>}} Stage */

/** What there is to run, in this order, with its time on two quiet processors. @type {Record<string, Stage>} */
const STAGES = {
  build: { minutes: 0.1, what: 'lib/ from src/', run: () => command('npm', ['run', '--silent', 'build']) },
  format: { minutes: 0.1, what: 'biome', run: () => command('npx', ['biome', 'check', '.']) },
  types: { minutes: 0.2, what: 'tsc', run: types },
  shell: { minutes: 0.2, what: 'shellcheck, shfmt', run: shell },
  python: { minutes: 1, what: 'ruff, mypy, the unit tests of the node scripts', run: python },
  unit: { minutes: 2, what: 'the unit tests, on this Node.js', run: () => vitest('unit') },
  nodes: { minutes: 5, what: 'the unit tests, on the other majors of Node.js', run: otherNodes },
  oracles: { minutes: 3, what: 'other tools judge what podlaunch makes', run: () => vitest('oracles') },
  emulators: { minutes: 7, what: 'emulators, and a browser', run: () => vitest('emulators', { again: true }) },
  rehearsal: { minutes: 6, what: 'the whole launch on one machine; needs root', run: rehearsal },
  lab: { minutes: 20, what: 'a real directory and real nodes; needs root', run: lab },
};

const QUICK = ['build', 'format', 'types', 'unit'];

const asked = process.argv.slice(2).flatMap((name) => (name === 'quick' ? QUICK : [name]));
const unknown = asked.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}, quick.`);
  process.exit(2);
}

const chosen = Object.entries(STAGES).filter(([name]) => asked.length === 0 || asked.includes(name));
const minutes = Math.ceil(chosen.reduce((sum, [, stage]) => sum + stage.minutes, 0));
console.log(`About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} on a quiet machine with two processors:`);
for (const [name, { minutes, what }] of chosen) {
  console.log(`  ${name.padEnd(10)} ${minutes < 1 ? ' <1' : String(minutes).padStart(3)} min  ${what}`);
}
if (asked.length === 0) console.log('An answer within minutes, without root: npm test -- quick');

let total = none();
for (const [name, stage] of chosen) {
  console.log(`\n== ${name}`);
  const start = Date.now();
  const found = await stage.run();
  total = add(total, found);
  const { passed, failed, skipped } = found;
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(`== ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`);
}
const inCi = process.env.CI !== undefined && process.env.CI !== '';
if (inCi && total.skipped > 0) {
  console.log(`${total.skipped} skipped: in CI that is a failure.`);
  total.failed += total.skipped;
}
// Said again where a reader of a long log looks first.
for (const line of [...total.failures, ...total.flaky]) console.log(line);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function types() {
  let count = none();
  for (const project of ['tsconfig.json', 'tsconfig.scripts.json', 'tsconfig.page.json'])
    count = add(count, await command('npx', ['tsc', '--noEmit', '-p', project]));
  return count;
}
