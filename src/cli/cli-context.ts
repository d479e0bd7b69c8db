import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { printableJson, printableLines } from '../diagnostics/printable.ts';
import { hasColours, type Io, type Output } from './io.ts';
import { type OutputFormat, renderFindings } from './render-findings.ts';

/** Options that every command has, as `command.optsWithGlobals()` gives them beside the command's own. */
export interface GlobalOptions {
  /** The configuration to read instead of ./podlaunch.yaml. */
  readonly config?: string;
  /** Output for machines. */
  readonly json?: true;
}

/** What a command has to say when it has done its work. */
export interface CommandAnswer {
  /** For machines: an object, to which `diagnostics` are added where there may be any. */
  json(): object;
  /** For people: text; findings are written to stderr before it. */
  text(): string;
  /** What was found that did not stop it. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Findings as the result of a command. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly format: OutputFormat;
  /** Texts that are at hand, by the name of their file; others are read from the disk. */
  readonly texts: ReadonlyMap<string, string>;
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
  /** Writes the result for machines. */
  printJson(value: unknown): void;
  /** Writes what has just happened, for machines: JSON in a line of its own. From then on findings come as such a line too. */
  printEvent(event: object): void;
  /** Writes a line that is not the result (what was done, what to do next) to stderr. */
  note(text: string): void;
  /** Writes the result, with what was found beside it. */
  answer(answer: CommandAnswer): Promise<void>;
  /** Writes findings that are the result: to stdout. */
  printFindings(findings: Findings): Promise<void>;
  /** Writes findings that are not: for people to stderr, for machines to stdout. */
  report(diagnostics: readonly Diagnostic[]): Promise<void>;
}

/** Makes the context of one run. `wantsJson` is asked when something is reported: by then the arguments are parsed. */
export function makeCli(io: Io, wantsJson: () => boolean): Cli {
  /** The one way by which findings leave. */
  async function write(output: Output, { diagnostics, format, texts }: Findings): Promise<void> {
    const text = (file: string) => texts.get(file) ?? readFrom(io.cwd, file);
    output.write(
      await renderFindings(diagnostics, format, { colours: hasColours(output, io.env), text }, [...texts.keys()]),
    );
  }

  let inLines = false;
  const cli: Cli = {
    io,
    get json() {
      return wantsJson();
    },
    exitCode: 0,
    print: (text) => void io.stdout.write(`${printableLines(text.replace(/\n$/, ''))}\n`),
    printJson: (value) => void io.stdout.write(`${printableJson(value)}\n`),
    printEvent(event) {
      inLines = true;
      io.stdout.write(`${printableJson(event, 0)}\n`);
    },
    note: (text) => void io.stderr.write(`${printableLines(text)}\n`),
    async answer({ json, text, diagnostics }) {
      if (wantsJson()) return cli.printJson({ ...json(), ...(diagnostics && { diagnostics }) });
      if (diagnostics && diagnostics.length > 0) await cli.report(diagnostics);
      const words = text();
      if (words !== '') cli.print(words);
    },
    printFindings: (findings) => write(io.stdout, findings),
    async report(diagnostics) {
      if (wantsJson() && inLines) return cli.printEvent({ event: 'refused', diagnostics });
      const [output, format] = wantsJson() ? ([io.stdout, 'json'] as const) : ([io.stderr, 'pretty'] as const);
      return write(output, { diagnostics, format, texts: new Map() });
    },
  };
  return cli;
}

/** The text of a file that a finding points into. */
function readFrom(cwd: string, file: string): string | undefined {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch {
    return undefined;
  }
}
