import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { printableJson, printableLines } from '../diagnostics/printable.ts';
import { renderJson } from '../diagnostics/render-json.ts';
import { renderPretty } from '../diagnostics/render-pretty.ts';
import { hasColours, type Io } from './io.ts';

/** Options that every command has, as `command.optsWithGlobals()` gives them beside the command's own. */
export interface GlobalOptions {
  /** The configuration to read instead of ./podlaunch.yaml. */
  readonly config?: string;
  /** Output for machines. */
  readonly json?: true;
}

/** What main hands to a command. */
export interface Cli {
  readonly io: Io;
  /** Whether a machine reads the output: `--json` or `--format json`. */
  readonly json: boolean;
  /** What the process ends with. A command that found errors without throwing a Refusal sets 1. */
  exitCode: number;
  /** Writes a piece of the result, as text with a line break at its end; nothing in it steers the terminal. */
  print(text: string): void;
  /** Writes findings that have been rendered, colours and all. */
  printRendered(text: string): void;
  /** Writes the result for machines. */
  printJson(value: unknown): void;
  /** Writes a line that is not the result (what was done, what to do next) to stderr. */
  note(text: string): void;
  /** Writes findings: for people to stderr, for machines to stdout. */
  report(diagnostics: readonly Diagnostic[]): void;
}

/** Makes the context of one run. `wantsJson` is asked when something is reported: by then the arguments are parsed. */
export function makeCli(io: Io, wantsJson: () => boolean): Cli {
  return {
    io,
    get json() {
      return wantsJson();
    },
    exitCode: 0,
    print: (text) => void io.stdout.write(`${printableLines(text.replace(/\n$/, ''))}\n`),
    printRendered: (text) => void io.stdout.write(text),
    printJson: (value) => void io.stdout.write(`${printableJson(value)}\n`),
    note: (text) => void io.stderr.write(`${printableLines(text)}\n`),
    report(diagnostics) {
      if (wantsJson()) io.stdout.write(renderJson(diagnostics));
      else
        io.stderr.write(renderPretty(diagnostics, { colours: hasColours(io.stderr, io.env), text: readFrom(io.cwd) }));
    },
  };
}

/** The text of files that findings point into. */
export function readFrom(cwd: string): (file: string) => string | undefined {
  return (file) => {
    try {
      return readFileSync(resolve(cwd, file), 'utf8');
    } catch {
      return undefined;
    }
  };
}
