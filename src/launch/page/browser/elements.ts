// The elements of the page by their ids; the page is made by the same build, so that each is there.

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element ${id}`);
  return found as T;
}

/** The control of a field. */
export function control(field: string): HTMLInputElement | HTMLSelectElement {
  return byId(`p-${field}`);
}

export function show(id: string, shown = true): void {
  byId(id).hidden = !shown;
}

/** Adds a paragraph above the form. Text is text, whoever wrote it. */
export function notice(text: string, isBad = false): void {
  const paragraph = document.createElement('p');
  paragraph.className = isBad ? 'notice bad' : 'notice';
  paragraph.textContent = text;
  byId('notices').append(paragraph);
}

/** Makes the options of a list; each is a value and what is shown. */
export function setOptions(id: string, options: readonly (readonly [string, string])[], chosen: string): void {
  const made = options.map(([value, text]) => {
    const option = document.createElement('option');
    option.value = value;
    option.textContent = text;
    return option;
  });
  const list = byId<HTMLSelectElement>(id);
  list.replaceChildren(...made);
  list.value = chosen;
}
