import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { jsonFault } from './json-fault.ts';
import { lineSpan, type SourceFile } from './text-lines.ts';

/** Finds a file that is JSON by its name and not by its text (PL2016), at the place where it goes wrong. */
export function checkJsonSyntax({ file, lines }: SourceFile): readonly Diagnostic[] {
  if (!file.endsWith('.json')) return [];
  if (!lines) {
    const hint = 'Save it as UTF-8, or give it another name.';
    return [error({ code: 'PL2016', message: `${file} is not text in UTF-8, as JSON is.`, hint })];
  }
  const text = lines.join('\n');
  if (isJson(text)) return [];
  const { at, expected } = jsonFault(text);
  const before = text.slice(0, at).split('\n');
  return [
    error({
      code: 'PL2016',
      message: `${file} is not JSON: here should be ${expected}.`,
      span: lineSpan(file, lines, before.length - 1, before.at(-1)!.length),
      hint: 'Correct it. JSON has no comments, no comma after the last entry, and strings in double quotes.',
    }),
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
