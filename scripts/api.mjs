// podlaunch as a library, of lib/ or of the folder that PODLAUNCH_LIB names.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = process.env['PODLAUNCH_LIB'] ?? fileURLToPath(new URL('../lib', import.meta.url));

/** @type {typeof import('../src/index.ts')} */
export const api = (await import(pathToFileURL(join(folder, 'index.cjs')).href)).default;
