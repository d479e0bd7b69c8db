import type { PageGroup, ShownField } from './form-fields.ts';
import { html, type Markup } from './html.ts';

/** How many groups are open: a template names the rest for those who need them. */
const OPEN = 2;

/** The form, hidden until the script that makes links of it runs. */
export function formSection(groups: readonly PageGroup[], stackName: string): Markup {
  const shown = groups.filter(({ fields }) => fields.length > 0);
  const rest = groups.flatMap((group) => group.rest);
  return html`<section id="form" hidden>
<h2>2. Choose</h2>
<p class="about">Every value has a default. Nothing that you type is sent anywhere: it goes into the link and the lines below.</p>
<p id="form-elsewhere" class="notice" hidden></p>
<div id="fields">
${shown.slice(0, OPEN).map((group) => html`<h3>${group.title}</h3>\n<div class="group">${group.fields.map(field)}</div>`)}
${shown.slice(OPEN).map((group) => html`<details><summary>${group.title}</summary>\n<div class="group">${group.fields.map(field)}</div></details>\n`)}
${rest.length > 0 && html`<p class="about">Only the console asks for these, because no link may fill them in: ${rest.join(', ')}.</p>\n`}</div>
<div class="field"><label for="stack-name">Name of the stack</label>
<input id="stack-name" value="${stackName}" maxlength="128" autocomplete="off" spellcheck="false" aria-describedby="stack-name-about stack-name-error">
<p class="about" id="stack-name-about">Letters, digits and hyphens, a letter first. A second cluster in a region needs another name.</p>
<p class="error" id="stack-name-error" hidden>Use letters, digits and hyphens, a letter first, at most 128.</p></div>
</section>
`;
}

function field(each: ShownField): Markup {
  const id = `p-${each.name}`;
  return html`<div class="field"><label for="${id}">${each.label}</label>
${control(each, id)}
<p class="about" id="${id}-about">${each.about}${each.personal && ' It goes into the command lines only: no link fills it in.'}</p>
<p class="error" id="${id}-error" hidden></p></div>
`;
}

function control({ name, most, values, range, default: value = '', personal }: ShownField, id: string): Markup {
  const described = `${id}-about ${id}-error`;
  if (values) {
    const options = values.map((each) => html`<option${each === value && html` selected`}>${each}</option>`);
    return html`<select id="${id}" data-field="${name}" aria-describedby="${described}">${options}</select>`;
  }
  const numeric = range ? html` inputmode="numeric"` : '';
  return html`<input id="${id}" data-field="${name}" value="${personal ? '' : value}"${numeric} maxlength="${most}" autocomplete="off" spellcheck="false" aria-describedby="${described}">`;
}
