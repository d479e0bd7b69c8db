import type { PageFacts } from '../../lines/facts.ts';
import { type PageField, takes } from '../../lines/field.ts';
import { byId, control, show } from './elements.ts';

/** What the form says now. */
export interface FormValues {
  /** What differs from the template's defaults, and may be in a link. */
  readonly values: Readonly<Record<string, string>>;
  /** What says who the launcher is; of what the template demands, a word to put it in the place of. */
  readonly personal: Readonly<Record<string, string>>;
  /** How many fields have a value that the template does not take. */
  readonly faults: number;
}

/** Reads all fields, and says beside each what is wrong with it. */
export function readForm(fields: readonly PageField[]): FormValues {
  const values: [string, string][] = [];
  const personal: [string, string][] = [];
  let faults = 0;
  for (const field of fields) {
    const value = control(field.name).value;
    const isEmpty = value === '' && (field.default ?? '') === '';
    const isFault = !isEmpty && !takes(field, value);
    mark(field, isFault);
    if (isFault) faults += 1;
    else if (field.personal) {
      if (value !== '') personal.push([field.name, value]);
      else if (field.default === undefined) personal.push([field.name, `YOUR ${field.name}`]);
    } else if (value !== (field.default ?? '')) values.push([field.name, value]);
  }
  return { values: Object.fromEntries(values), personal: Object.fromEntries(personal), faults };
}

function mark({ name, advice }: PageField, isFault: boolean): void {
  const element = control(name);
  const id = `p-${name}-error`;
  if (isFault) element.setAttribute('aria-invalid', 'true');
  else element.removeAttribute('aria-invalid');
  byId(id).textContent = isFault ? advice : '';
  show(id, isFault);
}

/**
 * Fills in values of an address that somebody handed on: of fields that may be in a link, those that the template takes.
 * @returns the names of what was filled in, and how many were not
 */
export function fillIn(
  { fields }: PageFacts,
  values: Readonly<Record<string, string>>,
): { readonly filled: readonly string[]; readonly ignored: number } {
  const given = Object.entries(values);
  const fitting = given.filter(([name, value]) => {
    const field = fields.find((each) => each.name === name);
    return field && !field.personal && takes(field, value);
  });
  for (const [name, value] of fitting) {
    control(name).value = value;
    control(name).closest('details')?.setAttribute('open', '');
  }
  return { filled: fitting.map(([name]) => name), ignored: given.length - fitting.length };
}
