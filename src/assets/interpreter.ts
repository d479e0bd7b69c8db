import { extname } from 'node:path';
import type { SourceFile } from './text-lines.ts';

/** What can read a script here as it is read on a node. */
export type Interpreter = 'bash' | 'sh' | 'python3';

const BY_ENDING: Readonly<Record<string, Interpreter>> = { '.sh': 'bash', '.bash': 'bash', '.py': 'python3' };
const BY_NAME: Readonly<Record<string, Interpreter>> = { bash: 'bash', sh: 'sh', dash: 'sh', python3: 'python3' };
const FIRST_LINE = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?(\w+)/;

/** What reads a file: the end of its name says so, else its first line; undefined for a file that is no script. */
export function interpreterOf({ file, lines }: SourceFile): Interpreter | undefined {
  const ending = extname(file);
  if (ending !== '') return BY_ENDING[ending];
  const name = FIRST_LINE.exec(lines?.[0] ?? '')?.[1];
  return name !== undefined && Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
}
