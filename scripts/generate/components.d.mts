/** The files of src/release/generated/, by name. */
export function componentsFiles(): Promise<Record<string, string>>;
export function generate(): Promise<string>;
