/** The publisher's colour as the page uses it: for marks and the button, in both schemes. */
export interface Colours {
  readonly light: string;
  readonly dark: string;
  /** Of text on the button. */
  readonly onLight: string;
  readonly onDark: string;
}

/** What WCAG 2.1 AA asks of text. */
export const CONTRAST = 4.5;

/** The page's background in each scheme. */
export const PAPER = { light: '#ffffff', dark: '#14171c' } as const;

/** Makes a colour darker, or lighter in the dark scheme, until text in it can be read on the page's background. */
export function coloursOf(colour: string): Colours {
  const light = until(colour, PAPER.light, '#000000');
  const dark = until(colour, PAPER.dark, '#ffffff');
  return { light, dark, onLight: readableOn(light), onDark: readableOn(dark) };
}

/** The contrast of two colours: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  const [more, less] = [luminance(a), luminance(b)].toSorted((one, other) => other - one);
  return (more! + 0.05) / (less! + 0.05);
}

function until(colour: string, background: string, towards: string): string {
  const shades = Array.from({ length: 21 }, (_, step) => mixed(colour, towards, step / 20));
  return shades.find((shade) => contrast(shade, background) >= CONTRAST) ?? towards;
}

function readableOn(colour: string): string {
  return contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000';
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function mixed(colour: string, towards: string, share: number): string {
  const [from, to] = [channels(colour), channels(towards)];
  const values = from.map((value, at) => Math.round(value + (to[at]! - value) * share));
  return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
