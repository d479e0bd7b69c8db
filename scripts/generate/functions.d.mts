/** The TypeScript module that holds a function's code. */
export function functionModule(name: string, constant: string): Promise<string>;
/** Writes src/functions/generated/. */
export function generate(): Promise<string>;
