import { isUtf8 } from 'node:buffer';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { refuse } from '../../diagnostics/refusal.ts';
import { MAX_BODY } from '../body-size.ts';

/** What is read at all: enough to say how far over the limit a template is, never a file that fills the memory. */
const MAX_READ = 5_000_000;

/**
 * Reads the text of a template. A file that is too large is refused before it is read; pipes are read up to the limit.
 * @param path where the file is @param name the file as the user wrote it
 * @throws Refusal E1002 (far too large), PL3003 (no file), PL3001 (empty), PL3002 (binary or not UTF-8); system errors as they are
 */
export function readTemplateText(path: string, name: string): string {
  if (!existsSync(path)) throw noFile(`The file ${name} does not exist.`, 'Check the name and the folder it is in.');
  const file = openSync(path, 'r');
  try {
    const about = fstatSync(file);
    if (about.isDirectory())
      throw noFile(`${name} is a folder.`, `Name the templates in it: podlaunch validate '${name}/*.yaml'`);
    if (about.size > MAX_READ) throw tooLarge(name, about.size);
    return decodeTemplate(readUpTo(file, about.size, name), name);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads the text of a template from a stream, up to the same limit.
 * @throws Refusal as `readTemplateText` does
 */
export async function readTemplateStream(stream: AsyncIterable<Uint8Array | string>, name: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > MAX_READ) throw tooLarge(name, undefined);
    pieces.push(bytes);
  }
  return decodeTemplate(Buffer.concat(pieces), name);
}

/** The text of a template's bytes. @throws Refusal PL3001 (empty), PL3002 (binary or not UTF-8) */
export function decodeTemplate(bytes: Uint8Array, name: string): string {
  const span = { file: name, line: 1, column: 1, length: 1 };
  if (bytes.length === 0)
    throw refuse({ code: 'PL3001', message: `${name} is empty.`, span, hint: 'Check the name of the file.' });
  const text = decode(bytes);
  if (text !== undefined && !text.includes('\0')) return text;
  const [bom] = bytes;
  const utf16 = bom === 0xff || bom === 0xfe;
  throw refuse({
    code: 'PL3002',
    message: utf16 ? `${name} is UTF-16 text.` : `${name} is not UTF-8 text.`,
    span,
    hint: utf16 ? 'Save it as UTF-8.' : 'A template is YAML or JSON in UTF-8. Check the name of the file.',
  });
}

function decode(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') : undefined;
}

/** A buffer of the file's size will do, but a pipe has none: then it grows. A large one for each file costs more than reading it. */
function readUpTo(file: number, size: number, name: string): Uint8Array {
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length <= MAX_READ) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    const count = readSync(file, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
  }
  throw tooLarge(name, undefined);
}

function noFile(message: string, hint: string): Error {
  return refuse({ code: 'PL3003', message, hint });
}

function tooLarge(name: string, size: number | undefined): Error {
  const measured = size === undefined ? `more than ${MAX_READ}` : String(size);
  return refuse({
    code: 'E1002',
    message: `${name} has ${measured} bytes; a template has at most ${MAX_BODY}.`,
    span: { file: name, line: 1, column: 1, length: 1 },
    hint: 'Check the name of the file, or divide the template into several stacks.',
  });
}
