import type { Declaration } from '../src/functions/lib/declaration.ts';

/** A function's code: what its handler.ts exports, with all that it imports. */
export function functionCode(folder: string, declaration: Declaration): Promise<string>;
/** The TypeScript module of src/functions/generated/ with a function's code. */
export function functionModule(declaration: Declaration): Promise<string>;
/** What src/functions/index.ts lists. */
export function declaredFunctions(): Promise<readonly Declaration[]>;
/** Writes src/functions/generated/. */
export function generate(): Promise<string>;
