/** The stacks whose pictures are drawn. */
export const STACKS: readonly string[];

interface Template {
  readonly stack: string;
  readonly summary: string;
  readonly value: unknown;
}

/** The picture of one template, as SVG text. */
export function drawTemplate(template: Template): string;

/** Writes STACK.png of each of STACKS into the folder. */
export function writePictures(templates: readonly Template[], folder: string): Promise<void>;
