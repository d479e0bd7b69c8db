/** The module of src/launch/page/generated/ with the page's script. */
export function pageModule(): Promise<string>;
export function pageScript(): Promise<string>;
export function generate(): Promise<string>;
