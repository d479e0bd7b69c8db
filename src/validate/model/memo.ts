import type { Model } from './model.ts';

/** Works something out of a template once, however many rules ask for it. */
export function memo<T>(workOut: (model: Model) => T): (model: Model) => T {
  const known = new WeakMap<Model, { readonly result: T }>();
  return (model) => {
    const entry = known.get(model) ?? { result: workOut(model) };
    known.set(model, entry);
    return entry.result;
  };
}
