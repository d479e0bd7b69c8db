/** Exact versions, so that a run tomorrow is the run of today. */
export const VERSIONS: readonly string[];
/** The path of a Node.js of this version, fetched once; undefined where it cannot be had. */
export function nodeRuntime(version: string): Promise<string | undefined>;
