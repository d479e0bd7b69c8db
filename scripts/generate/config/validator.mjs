// Writes the JSON Schema of podlaunch.yaml as code, made by ajv. Loading ajv and compiling the schema at each run would
// take longer than all the rest of a command.
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

/** @param {import('./schema-node.d.mts').SchemaNode} schema @returns {string} */
export function configValidator(schema) {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const code = /** @type {any} */ (standaloneCode).default(ajv, ajv.compile(schema));
  /** @type {string[]} */
  const imports = [];
  const body = code
    .replace(/^"use strict";\n?/, '')
    .replace(
      /const (\w+) = require\("([^"]+)"\)\.default;/g,
      (/** @type {string} */ _, /** @type {string} */ name, /** @type {string} */ module) => {
        imports.push(
          `import ${name}Module from '${module}.js';\nconst ${name} = ${name}Module.default ?? ${name}Module;`,
        );
        return '';
      },
    )
    .replace(/export default (\w+);/, '');
  return `${imports.join('\n')}\n${body.trim()}`;
}
