/** A piece of HTML that was made here, and not by anyone whose text is in it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may be put into a piece of HTML: a text is data, whatever is in it. */
export type Inner = string | number | Markup | false | undefined | readonly Inner[];

/** HTML with values in it: of texts, every sign that means something in HTML is written as a reference. */
export function html(parts: TemplateStringsArray, ...inner: readonly Inner[]): Markup {
  return new Markup(parts.map((part, at) => part + (at < inner.length ? textOf(inner[at]) : '')).join(''));
}

function textOf(inner: Inner): string {
  if (inner === undefined || inner === false) return '';
  if (inner instanceof Markup) return inner.text;
  if (typeof inner === 'object') return inner.map(textOf).join('');
  return String(inner).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
