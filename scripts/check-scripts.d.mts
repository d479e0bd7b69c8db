/** Checks the node scripts, and writes what a command may take as checked. */
export function checkScripts(root: string, out: string): Promise<readonly string[]>;
