// `npm run generate`: writes the tracked files that are made from others. `npm run generate -- config` only the named
// ones. npm ci and the build write none of them; tests compare each with its source.

/** What there is to generate, in this order: name → the module that does it. */
const GENERATORS = {
  'resource-types': () => import('./generate/resource-types.mjs'),
  config: () => import('./generate/config.mjs'),
  functions: () => import('./generate/functions.mjs'),
  page: () => import('./generate/page.mjs'),
  components: () => import('./generate/components.mjs'),
};

/** @typedef {keyof typeof GENERATORS} Name */
const names = /** @type {Name[]} */ (Object.keys(GENERATORS));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in GENERATORS));
if (unknown.length > 0) {
  console.error(`No such generator: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}
for (const name of names) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { generate } = await GENERATORS[name]();
  console.log(`${name}: ${await generate()}`);
}
