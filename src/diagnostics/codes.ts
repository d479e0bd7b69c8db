/** What each code of a folder means, in one sentence: the source of docs/diagnostics.md. Each folder that finds faults of its own has such a table in its codes.ts. */
export type CodeTable = Readonly<Record<`PL${number}`, string>>;
