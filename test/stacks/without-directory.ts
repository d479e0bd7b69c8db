import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';

const done = (held: string) => `
const { existsSync } = require('node:fs');
exports.handler = async ({ action }) => {
  if (action !== 'apply') return undefined;
  while (existsSync(${JSON.stringify(held)})) await new Promise((waited) => setTimeout(waited, 100));
  return { done: [], notes: [] };
};`;

/**
 * The text of a template with a people function that says it is done: the emulator's directory speaks no LDAP. What asks
 * it, waits for it and takes it out of the VPC is the real one; people.emulator.ts and the lab run the function itself.
 * @param held a file: while it is there, the function is not done. Default: none
 */
export function withoutDirectory({ value, text }: CompiledTemplate, held = ''): string {
  const template = structuredClone(value) as any;
  const people = template.Resources.PeopleFunction;
  if (people === undefined) return text;
  people.Properties.Code.ZipFile = done(held);
  return JSON.stringify(template);
}
