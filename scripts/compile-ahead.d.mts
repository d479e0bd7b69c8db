/** Keeps what V8 compiles of a bundle's program, for the Node that runs this. */
export function compileAhead(lib: string): void;
