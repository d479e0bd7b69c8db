import { spawnSync } from 'node:child_process';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import type { AssetFile } from './assets.ts';
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

/** Asks bash whether a shell script can be parsed (PL2013). Where there is no bash, nothing is found. */
export function checkBashSyntax(file: string, { bytes }: AssetFile, lines: readonly string[]): readonly Diagnostic[] {
  if (!/\.(?:sh|bash)$/.test(file)) return [];
  const { status, stderr } = spawnSync('bash', ['-n'], {
    input: bytes,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status === 0 || status === null) return [];
  const [, number, message] = /line (\d+): (.*)/.exec(stderr) ?? [];
  const line = Math.min(Number(number ?? 1), lines.length) - 1;
  return [
    error({
      code: 'PL2013',
      message: `bash cannot read ${file}: ${message ?? stderr.trim()}.`,
      span: lineSpan(file, lines, line),
      hint: `Correct it; bash -n ${file} tries it again.`,
    }),
  ];
}
