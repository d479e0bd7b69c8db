/** The picture of the stacks, as SVG text. */
export function drawArchitecture(
  templates: readonly { readonly stack: string; readonly summary: string; readonly value: unknown }[],
): string;

interface PlacedBox {
  readonly id: string;
  readonly type: string;
  readonly optional?: boolean;
  readonly kept?: boolean;
  readonly x: number;
  readonly y: number;
}

/** The boxes of a template's resources, below each other in a column. */
export function boxesOf(template: unknown, column: number, top: number): PlacedBox[];

/** Where a column begins. */
export function left(column: number): number;
