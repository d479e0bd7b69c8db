/** A line of a log. */
export interface LogLine {
  readonly at: string;
  /** The stream: a node, or an instance of a function. */
  readonly stream: string;
  readonly text: string;
}

/** Where a run of a function begins: what is before it is of an earlier run. */
const BEGINS = /^START RequestId: /;

/** What a node or a function says when something fails: a code of the nodes, or a word of Lambda, Node.js and Python. */
const FAULT =
  /\bPLN-[A-Z0-9-]+|\bERROR\b|\bFATAL\b|^Traceback \(most recent|\bTask timed out\b|\bRuntime exited\b|"errorMessage"/;

/**
 * What failed first in the latest run that failed: in the stream that said something wrong last, the first such line after
 * the beginning of that run. Undefined where nothing failed.
 * @param lines in the order of time
 */
export function firstCauseIn(lines: readonly LogLine[]): LogLine | undefined {
  const last = lines.findLast(({ text }) => FAULT.test(text));
  if (last === undefined) return undefined;
  const own = lines.slice(0, lines.indexOf(last) + 1).filter(({ stream }) => stream === last.stream);
  const begin = own.findLastIndex(({ text }) => BEGINS.test(text));
  return own.slice(begin + 1).find(({ text }) => FAULT.test(text));
}
