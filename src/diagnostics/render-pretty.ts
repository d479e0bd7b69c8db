import type { Diagnostic, Severity, Span } from './diagnostic.ts';
import { printable } from './printable.ts';
import { summarize } from './render-json.ts';

/** How findings are shown to people. */
export interface PrettyOptions {
  /** Colours for a terminal. Default: none. */
  readonly colours?: boolean;
  /** The text of a file, for the line that is shown; undefined where it is not at hand. */
  readonly text?: (file: string) => string | undefined;
}

/** What is shown of a line that is longer than a screen is wide. */
const WINDOW = 160;

const COLOUR: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };
const BOLD = 1;
const BLUE = 34;

/**
 * Findings for people: the message, the line with a caret under the place, what to do, and a count at the end.
 * Control characters of the files are never sent to the terminal.
 */
export function renderPretty(diagnostics: readonly Diagnostic[], options: PrettyOptions = {}): string {
  const paint = (code: number, text: string): string => (options.colours ? `\x1b[${code}m${text}\x1b[0m` : text);
  const blocks = diagnostics.map((diagnostic) => block(diagnostic, options, paint));
  return blocks.length === 0 ? '' : `${blocks.join('\n')}\n${total(diagnostics)}\n`;
}

type Paint = (code: number, text: string) => string;

function block(diagnostic: Diagnostic, { text }: PrettyOptions, paint: Paint): string {
  const { code, severity, message, span, source, hint, related } = diagnostic;
  const lines = [`${paint(COLOUR[severity], `${severity} ${code}`)}: ${paint(BOLD, printable(message))}`];
  const gutter = ' '.repeat(String(span?.line ?? '').length);
  const note = (label: string, words: string): void => {
    const [first = '', ...rest] = words.split('\n').map(printable);
    lines.push(`${gutter} ${paint(BLUE, '=')} ${label}${first}`, ...rest.map((line) => `${gutter}   ${line}`));
  };
  if (span) {
    lines.push(`${gutter}${paint(BLUE, '-->')} ${place(span)}`);
    if (!diagnostic.secret) lines.push(...frame(span, text?.(span.file), paint, COLOUR[severity]));
  }
  for (const one of related) note('', one.span ? `${one.message} (${place(one.span)})` : one.message);
  if (source) note('written at ', `${source.file}:${source.line}`);
  if (hint) note('', hint);
  return `${lines.join('\n')}\n`;
}

function frame({ line, column, length }: Span, text: string | undefined, paint: Paint, colour: number): string[] {
  const whole = text?.split('\n', line)[line - 1]?.replace(/\r$/, '');
  if (whole === undefined) return [];
  const start = column + 20 > WINDOW ? column - 1 - WINDOW / 2 : 0; // far to the right: half a window before it
  const shown = whole.slice(start, start + WINDOW);
  const before = shown.slice(0, column - 1 - start);
  const marked = shown.slice(before.length, before.length + length);
  const columns = [...blank(marked)].reduce((sum, space) => sum + (space === WIDE ? 2 : 1), 0);
  const caret = '^'.repeat(Math.max(1, columns));
  const number = String(line);
  const bar = paint(BLUE, '|');
  return [
    `${paint(BLUE, number)} ${bar} ${printable(shown)}`.trimEnd(),
    `${' '.repeat(number.length)} ${bar} ${blank(before)}${paint(colour, caret)}`,
  ];
}

const WIDE = '\u3000';

/** White space as wide as the text: tabs stay, wide characters become the wide space, marks nothing. */
function blank(text: string): string {
  return printable(text)
    .replace(/\p{M}/gu, '')
    .replace(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/gu, WIDE)
    .replace(/[^\t\u3000]/gu, ' ');
}

function place({ file, line, column }: Span): string {
  return printable(`${file}:${line}:${column}`);
}

/** `2 errors, 1 warning` */
function total(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings, infos } = summarize(diagnostics);
  const parts = [count(errors, 'error'), count(warnings, 'warning'), count(infos, 'note')];
  return parts.filter((part) => part !== '').join(', ');
}

function count(number: number, name: string): string {
  return number === 0 ? '' : `${number} ${name}${number === 1 ? '' : 's'}`;
}
