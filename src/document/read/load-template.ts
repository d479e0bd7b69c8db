import { findingsOf } from '../../diagnostics/findings-of.ts';
import type { ReadEntries, TemplateDocument } from '../template-document.ts';
import { readBlockTemplate } from './block/read-block-template.ts';
import { fileText, unreadable, withoutMark } from './file-text.ts';
import { readTemplateStream } from './template-text.ts';
import { templatesBeside } from './templates-beside.ts';

/**
 * Reads a template from a file, YAML or JSON. `yaml` is loaded only for a text that needs it.
 * @param path where the file is @param name the file as the user wrote it, which is in the diagnostics
 * @param before as of `readBlockTemplate`
 * @returns a document; what is wrong with the file, as with its text, is in `syntax`
 */
export async function loadTemplate(path: string, name: string = path, before?: ReadEntries): Promise<TemplateDocument> {
  const document = await loadAlone(path, name, before);
  const beside = await templatesBeside(document.text, path, (other) => loadAlone(other, other));
  return beside.size === 0 ? document : { ...document, beside };
}

/** A template without those that it names. */
async function loadAlone(path: string, name: string, before?: ReadEntries): Promise<TemplateDocument> {
  const { text, diagnostics } = fileText(path, name);
  return text === undefined ? unreadable(name, diagnostics) : read(text, name, before);
}

/** The same of a stream, such as stdin. */
export async function loadStreamedTemplate(
  stream: AsyncIterable<Uint8Array | string>,
  name: string,
): Promise<TemplateDocument> {
  try {
    return await read(await readTemplateStream(stream, name), name);
  } catch (thrown) {
    const diagnostics = findingsOf(thrown);
    if (diagnostics === undefined) throw thrown;
    return unreadable(name, diagnostics);
  }
}

async function read(text: string, name: string, before?: ReadEntries): Promise<TemplateDocument> {
  const whole = withoutMark(text);
  return readBlockTemplate(whole, name, before) ?? (await import('./read-with-yaml.ts')).readWithYaml(whole, name);
}
