// Counts what podlaunch finds in a folder of templates, beside cfn-lint: npm run survey -- FOLDER. It writes nothing.
// The folder is outside of the project: public templates cannot be copied into it, but what is found in them shows where
// a rule is wrong. Most telling are the files in which podlaunch alone finds an error.
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import { api } from './api.mjs';
import { countByCode, filesWithErrors, table } from './survey/count.mjs';
import { candidates, isTemplate } from './survey/templates.mjs';

/** How many templates cfn-lint is given at once. */
const AT_ONCE = 50;

const [argument] = process.argv.slice(2);
if (argument === undefined) {
  console.error('Usage: npm run survey -- FOLDER');
  process.exit(2);
}
const folder = resolve(argument);
const read = await Promise.all(candidates(folder).map((path) => api.loadTemplate(path, relative(folder, path))));
const documents = read.filter(isTemplate);
console.log(`${documents.length} templates in ${folder} (${read.length - documents.length} other files)\n`);

/** @type {import('../src/index.ts').Diagnostic[]} */
const own = [];
/** @type {string[]} */
const crashed = [];
const start = process.cpuUsage();
for (const document of documents) {
  try {
    own.push(...api.validate(document));
  } catch (thrown) {
    crashed.push(`${document.file}: ${thrown}`);
  }
}
const { user, system } = process.cpuUsage(start);
const others = await byCfnLint();
console.log(table(countByCode(own), others && countByCode(others)));

const errors = filesWithErrors(own);
console.log(`\npodlaunch: an error in ${errors.size} files, ${Math.round((user + system) / 1000)} ms of CPU`);
if (others) {
  const theirs = filesWithErrors(others);
  list(
    'An error by podlaunch alone',
    [...errors].filter((file) => !theirs.has(file)),
  );
  list(
    'An error by cfn-lint alone',
    [...theirs].filter((file) => !errors.has(file)),
  );
}
list('podlaunch crashed', crashed);
process.exitCode = crashed.length > 0 ? 1 : 0;

/** @param {string} title @param {readonly string[]} lines */
function list(title, lines) {
  if (lines.length === 0) return;
  console.log(`\n${title} (${lines.length}):`);
  for (const line of lines) console.log(`  ${line}${codesIn(line)}`);
}

/** The codes of the errors in a file. @param {string} file */
function codesIn(file) {
  const codes = [own, others ?? []].map((all) => [
    ...new Set(all.flatMap(({ code, severity, span }) => (severity === 'error' && span?.file === file ? [code] : []))),
  ]);
  return codes
    .filter((all) => all.length > 0)
    .map((all) => ` ${all.join(' ')}`)
    .join('');
}

/** What cfn-lint finds: the one that the tests have made, else the one on the PATH; undefined where there is none. */
async function byCfnLint() {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'podlaunch');
  const made = environments(cache).map((name) => join(cache, name, 'bin'));
  const env = { ...process.env, PATH: [...made, process.env['PATH']].join(delimiter) };
  /** @type {import('../src/index.ts').Diagnostic[]} */
  const found = [];
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const some = await api.runEngines(documents.slice(at, at + AT_ONCE), ['cfn-lint'], { env });
    const missing = some.find(({ code }) => ['PL3040', 'PL3048', 'PL3049'].includes(code));
    if (missing) {
      console.log(`Without cfn-lint: ${missing.message}\n`);
      return undefined;
    }
    found.push(...some);
  }
  return found;
}

/** @param {string} cache */
function environments(cache) {
  try {
    return readdirSync(cache, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith('venv-cfn-lint-'))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
