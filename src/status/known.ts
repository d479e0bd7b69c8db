import { awsFailure } from '../cloud/errors.ts';
import { Refusal } from '../diagnostics/refusal.ts';

/** Something that was looked at: what it is, or why nobody knows. */
export type Learnt<T> = { readonly known: T } | { readonly unknown: string };

/** Looks at something. What cannot be reached or read is unknown, with the reason; nothing is thrown. */
export async function learn<T>(look: () => Promise<T>): Promise<Learnt<T>> {
  try {
    return { known: await look() };
  } catch (thrown) {
    return { unknown: reasonOf(thrown) };
  }
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Refusal) return thrown.diagnostics[0]!.message;
  const { name, message } = awsFailure(thrown);
  return `${name}: ${message}`;
}
