import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { lineSpan } from './text-lines.ts';

/** Finds Windows line ends in a file that Linux interprets (PL2012). */
export function findWindowsLineEnds(file: string, lines: readonly string[]): readonly Diagnostic[] {
  if (!/\.(?:sh|bash|py)$/.test(file) && !lines[0]!.startsWith('#!')) return [];
  const line = lines.findIndex((text) => text.endsWith('\r'));
  if (line < 0) return [];
  return [
    error({
      code: 'PL2012',
      message: `${file} has Windows line ends (CR LF); Linux would look for an interpreter called "bash\\r".`,
      span: lineSpan(file, lines, line),
      hint: 'Save it with LF, and keep it so with a line "* text=auto eol=lf" in .gitattributes.',
    }),
  ];
}

/** Checks that an entry point starts with a line that names bash (PL2011): nodes call it as `bash FILE`. */
export function checkShebang(file: string, lines: readonly string[]): readonly Diagnostic[] {
  if (/^#!\s*(?:\/usr\/bin\/env\s+|\/(?:usr\/)?bin\/)bash(?:\s|$)/.test(lines[0]!)) return [];
  return [
    error({
      code: 'PL2011',
      message: `${file} does not start with a line that names bash, which runs it on the nodes.`,
      span: lineSpan(file, lines, 0),
      hint: 'Start it with #!/usr/bin/env bash.',
    }),
  ];
}
