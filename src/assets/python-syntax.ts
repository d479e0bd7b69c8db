import { spawnSync } from 'node:child_process';
import { type Diagnostic, error, type Span } from '../diagnostics/diagnostic.ts';
import { interpreterOf } from './interpreter.ts';
import { lineSpan, type SourceFile } from './text-lines.ts';
import { unchecked } from './unchecked.ts';

/**
 * Compiles each script that is in the JSON list on stdin (base64), and runs none. Prints what is wrong as
 * `[[index, message, line, column], …]`, line and column from 1 or null. Nodes have Python 3.10 or later: an older one
 * knows less than they do, and is as good as none.
 */
const PROGRAM = `
import base64, json, sys, warnings
from importlib.util import decode_source
if sys.version_info < (3, 10):
    sys.exit(1)
warnings.simplefilter("ignore")
found = []
for index, script in enumerate(json.load(sys.stdin)):
    try:
        compile(decode_source(base64.b64decode(script)), "<script>", "exec", dont_inherit=True)
    except SyntaxError as fault:
        found.append([index, fault.msg, fault.lineno, fault.offset])
    except (ValueError, OverflowError, RecursionError, MemoryError) as fault:
        found.append([index, str(fault), None, None])
print(json.dumps(found))
`;

type Fault = readonly [index: number, message: string, line: number | null, column: number | null];

/** Asks python3, once for all, whether Python files can be compiled (PL2015), or says that it is not here. */
export function checkPythonSyntax(files: readonly SourceFile[]): readonly Diagnostic[] {
  const scripts = files.filter((file) => interpreterOf(file) === 'python3');
  if (scripts.length === 0) return [];
  const { status, stdout } = spawnSync('python3', ['-I', '-c', PROGRAM], {
    input: JSON.stringify(scripts.map(({ bytes }) => Buffer.from(bytes).toString('base64'))),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) return [unchecked('python3 of version 3.10 or later', scripts.length)];
  return (JSON.parse(stdout) as readonly Fault[]).map(([index, message, line, column]) => {
    const { file, lines } = scripts[index]!;
    return error({
      code: 'PL2015',
      message: `Python cannot read ${file}: ${message}.`,
      ...(lines && { span: place(file, lines, line ?? 1, column ?? 1) }),
      hint: `Correct it; python3 -m py_compile ${file} tries it again.`,
    });
  });
}

/** Python counts characters, a place counts UTF-16 units; both from 1. */
function place(file: string, lines: readonly string[], line: number, column: number): Span {
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = [...lines[index]!.replace(/\r$/, '')].slice(0, Math.max(column, 1) - 1);
  return lineSpan(file, lines, index, before.join('').length);
}
