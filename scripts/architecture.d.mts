/** The picture of the stacks, as SVG text. */
export function drawArchitecture(
  templates: readonly { readonly stack: string; readonly summary: string; readonly value: unknown }[],
): string;
