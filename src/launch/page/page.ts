import { sha256 } from '../../files/sha256.ts';
import type { ReleaseFile } from '../../release/release.ts';
import { releaseFile } from '../../release/release-file.ts';
import { coloursOf } from './colours.ts';
import { formGroups } from './form-fields.ts';
import { PAGE_SCRIPT } from './generated/script.ts';
import { pageFacts, stacksOfForm } from './page-facts.ts';
import { pageHtml } from './page-html.ts';
import type { PageInput } from './page-input.ts';
import { regionOffers } from './region-offer.ts';
import { styleSheet } from './style.ts';

/** A file of the page's folder. */
export type PageFile = ReleaseFile;

/** Name of the page itself: the only file whose content changes under its name. */
export const INDEX = 'index.html';

/**
 * Makes the launch page of a release: a folder that needs no server. All files but the page itself have their hash in
 * their names. The same input gives the same bytes.
 */
export function makePage(input: PageInput): readonly PageFile[] {
  const { look, templates } = input;
  const style = hashed('page', 'css', styleSheet(coloursOf(look.colour)));
  const script = hashed('page', 'js', PAGE_SCRIPT);
  const logo = look.logo && hashed('logo', look.logo.kind, look.logo.bytes);
  const groups = formGroups(stacksOfForm(templates)[0]?.value);
  const offers = regionOffers(input);
  const facts = pageFacts(input, { groups, offers });
  const text = pageHtml(input, { groups, offers, facts, style, script, ...(logo && { logo }) });
  return [style, script, ...(logo ? [logo] : []), releaseFile(INDEX, text)];
}

function hashed(name: string, kind: string, content: Uint8Array | string): PageFile {
  return releaseFile(`${name}.${sha256(content).slice(0, 16)}.${kind}`, content);
}
