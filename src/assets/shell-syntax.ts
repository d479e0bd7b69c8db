import { spawnSync } from 'node:child_process';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { interpreterOf } from './interpreter.ts';
import { lineSpan, type SourceFile } from './text-lines.ts';
import { unchecked } from './unchecked.ts';

/** Asks bash and sh, each for its own, whether shell scripts can be parsed (PL2013), or says that they are not here. */
export function checkShellSyntax(files: readonly SourceFile[]): readonly Diagnostic[] {
  return (['bash', 'sh'] as const).flatMap((shell) => {
    const scripts = files.filter((file) => file.lines && interpreterOf(file) === shell);
    const found: Diagnostic[] = [];
    for (const script of scripts) {
      const { status, stderr } = spawnSync(shell, ['-n'], {
        input: script.bytes,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
      if (status === null) return [...found, unchecked(shell, scripts.length)];
      if (status !== 0) found.push(finding(shell, script, stderr));
    }
    return found;
  });
}

/** What a shell says, with the line: `bash: line 4: …`, or `sh: 4: …` where sh is dash. */
function finding(shell: string, { file, lines = [''] }: SourceFile, stderr: string): Diagnostic {
  const [, number, message] = /: (?:line )?(\d+): (.*)/.exec(stderr) ?? [];
  const line = Math.min(Number(number ?? 1), lines.length) - 1;
  return error({
    code: 'PL2013',
    message: `${shell} cannot read ${file}: ${message ?? stderr.trim()}.`,
    span: lineSpan(file, lines, line),
    hint: `Correct it; ${shell} -n ${file} tries it again.`,
  });
}
