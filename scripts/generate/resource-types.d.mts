/** Writes a class and a schema for each resource type to a folder that is emptied first. */
export function generate(target?: string): string;
