// The templates in a folder, however they are called.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = /\.(?:ya?ml|json|template|tpl|cfn)$/i;
const SKIPPED = new Set(['.git', 'node_modules', '.venv', '__pycache__']);

/** Files below a folder whose names end as templates' do, in order. @param {string} folder @returns {string[]} */
export function candidates(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : candidates(path);
      return entry.isFile() && NAMES.test(entry.name) ? [path] : [];
    });
}

/** Whether a document has resources with types. @param {{value?: unknown}} document @returns {boolean} */
export function isTemplate({ value }) {
  const resources = /** @type {any} */ (value)?.Resources;
  if (typeof resources !== 'object' || resources === null) return false;
  return Object.values(resources).some((one) => typeof one?.Type === 'string' && /^\w+::/.test(one.Type));
}
