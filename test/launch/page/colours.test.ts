import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTRAST, coloursOf, contrast, PAPER } from '../../../src/launch/page/colours.ts';

test('the contrast of black and white, and of a grey that W3C names', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test('any colour can be read in both schemes, and on the button', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, (given) => {
      const { light, dark, onLight, onDark } = coloursOf(given);
      expect(contrast(light, PAPER.light)).toBeGreaterThanOrEqual(CONTRAST);
      expect(contrast(dark, PAPER.dark)).toBeGreaterThanOrEqual(CONTRAST);
      expect(contrast(onLight, light)).toBeGreaterThanOrEqual(CONTRAST);
      expect(contrast(onDark, dark)).toBeGreaterThanOrEqual(CONTRAST);
    }),
  );
});

test('a colour that can be read stays as it is', () => {
  expect(coloursOf('#0b5cad').light).toBe('#0b5cad');
  expect(coloursOf('#9ecbff').dark).toBe('#9ecbff');
});
