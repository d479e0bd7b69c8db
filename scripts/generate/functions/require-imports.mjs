// esbuild's own CommonJS begins with 20 lines of helpers and calls everything imported by `(0, import_x.name)(…)`. What
// esbuild writes as an ES module reads as it was written; it only needs its imports as one `require` a package.

const IMPORT = /^import \{([^}]*)\} from "([^"]+)";\n/gm;
const EXPORT = /^export \{\s*([^}]*?)\s*\};\n/gm;
/** esbuild's line above each file; here one with nothing below it. */
const EMPTY_FILE = /^\/\/ \S+\.ts\n\n(?=\/\/ \S+\.ts\n)/gm;

/** CommonJS from an ES module of esbuild's. Throws when it imports or exports otherwise than by name. @param {string} module */
export function requireImports(module) {
  /** @type {Map<string, Map<string, string>>} by package, the local name of each imported one */
  const packages = new Map();
  /** @type {Map<string, string>} the local names that esbuild gave to what has one already */
  const second = new Map();
  const body = module.replace(IMPORT, (_, list, from) => {
    const names = packages.get(from) ?? new Map();
    packages.set(from, names);
    for (const item of list.split(',')) {
      const [name, local = name] = item.trim().split(' as ');
      if (names.has(name)) second.set(local, names.get(name));
      else names.set(name, local);
    }
    return '';
  });
  const exported = body.replace(
    EXPORT,
    (_, names) => `module.exports = { ${names.replace(/(\w+) as (\w+)/g, '$2: $1')} };\n`,
  );
  const left = /^(?:import|export)\b.*$/m.exec(exported);
  if (left) throw new Error(`A function's code may import and export by name only, not: ${left[0]}`);
  const once = exported.replace(/\w+/g, (word) => second.get(word) ?? word).replace(EMPTY_FILE, '');
  const lines = [...packages].map(([from, names]) => {
    const locals = [...names].map(([name, local]) => (name === local ? name : `${name}: ${local}`));
    return `const { ${locals.join(', ')} } = require("${from}");\n`;
  });
  return `${lines.join('')}\n${once}`;
}
