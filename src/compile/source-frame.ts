import { existsSync, readFileSync } from 'node:fs';
import type { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in podlaunch's TypeScript. */
export interface SourceFrame {
  readonly file: string;
  readonly line: number;
}

/** Frames of these folders say what the template is; those below and above them say only how it came to be. */
const OURS = /(?:^|\/)src\/(parts\/(?!base\/).*|stacks\/(?!assemble\.).*)$/;

/**
 * The first frame of a stack that is in parts/ or stacks/, or undefined. Frames in the bundle are translated by its
 * source maps, which are read only here.
 */
export function sourceFrame(stack: string): SourceFrame | undefined {
  for (const [, file, line, column] of stack.matchAll(/\(?((?:file:\/\/)?\/[^()\n]*?):(\d+):(\d+)\)?$/gm)) {
    const frame = original(file!.startsWith('file:') ? fileURLToPath(file!) : file!, Number(line), Number(column));
    const ours = OURS.exec(frame.file.replaceAll('\\', '/'));
    if (ours) return { file: `src/${ours[1]}`, line: frame.line };
  }
  return undefined;
}

const maps = new Map<string, SourceMap | undefined>();

function original(file: string, line: number, column: number): SourceFrame {
  if (!maps.has(file)) maps.set(file, readMap(file));
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return { file, line };
  return { file: relative('.', resolve(dirname(file), entry.originalSource)), line: entry.originalLine + 1 };
}

function readMap(file: string): SourceMap | undefined {
  const path = `${file}.map`;
  // node:module brings Node's loader of ES modules along, which nothing else here needs.
  const { SourceMap } = process.getBuiltinModule('node:module');
  return existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}
