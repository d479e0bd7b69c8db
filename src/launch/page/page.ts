import { releaseFile } from '../../release/release-file.ts';
import { coloursOf } from './colours.ts';
import { formGroups } from './form-fields.ts';
import { PAGE_SCRIPT } from './generated/script.ts';
import { linksPage } from './links-page.ts';
import { pageFacts, stacksOfForm } from './page-facts.ts';
import { hashedFile, INDEX, type PageFile } from './page-file.ts';
import { pageHtml } from './page-html.ts';
import type { PageInput } from './page-input.ts';
import { regionOffers } from './region-offer.ts';
import { styleSheet } from './style.ts';

/**
 * Makes the launch page of a release: a folder that needs no server. All files but the page itself have their hash in
 * their names, and the page itself is the last. The same input gives the same bytes.
 */
export function makePage(input: PageInput): readonly PageFile[] {
  const { look, templates, regions } = input;
  const style = hashedFile('page', 'css', styleSheet(coloursOf(look.colour)));
  const script = hashedFile('page', 'js', PAGE_SCRIPT);
  const logo = look.logo && hashedFile('logo', look.logo.kind, look.logo.bytes);
  const groups = formGroups(stacksOfForm(templates)[0]?.value);
  const offers = regionOffers(input);
  const facts = pageFacts(input, { groups, offers });
  const links = regions.length > 1 ? hashedFile('links', 'html', linksPage(input, facts.releases, style)) : undefined;
  const text = pageHtml(input, { groups, offers, facts, style, script, logo, links });
  return [style, script, logo, links, releaseFile(INDEX, text)].filter((file) => file !== undefined);
}
