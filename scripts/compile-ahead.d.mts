/** Keeps what V8 compiles of a bundle's program, for the Node that runs this. */
export function compileAhead(lib: string): void;

/** JavaScript that is run before a program: `scripts` then has each of its scripts, with the name of its file. */
export const KEEP_SCRIPTS: string;
