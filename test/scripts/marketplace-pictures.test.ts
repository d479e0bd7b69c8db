import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drawTemplate, STACKS } from '../../scripts/marketplace-pictures.mjs';
import { readAssets } from '../../src/assets/read-assets.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

interface Body {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

const all = await compileRelease(DEFAULTS, readAssets());
const listed = all.filter(({ stack }) => STACKS.includes(stack));

test('there are three, of templates that docs/marketplace.md names', () => {
  expect(listed.map(({ stack }) => stack).toSorted()).toEqual([...STACKS].toSorted());
  const page = readFileSync('docs/marketplace.md', 'utf8');
  for (const stack of STACKS) expect(page).toContain(`\`${stack}.png\``);
});

describe.each(listed)('$stack', (template) => {
  const { Parameters, Resources } = template.value as unknown as Body;

  test('is drawn at 1100 x 700, with boxes within its frame', () => {
    const picture = drawTemplate(template);
    expect(picture).toContain('width="1100" height="700"');
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(picture)!.map(Number) as [number, number, number];
    const boxes = [...picture.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)];
    expect(boxes.length).toBeGreaterThan(5);
    for (const [, x, y, w, h] of boxes.map((found) => found.map(Number) as [number, number, number, number, number])) {
      expect(x + w).toBeLessThanOrEqual(width);
      expect(y + h).toBeLessThanOrEqual(height);
    }
  });

  test('is as docs/marketplace.md says: flat, no default that opens a port or is a password', () => {
    expect(Object.values(Resources).map(({ Type }) => Type)).not.toContain('AWS::CloudFormation::Stack');
    expect(Object.keys(Parameters).filter((name) => name.startsWith('MPS3'))).toEqual([]);
    const defaults = Object.entries(Parameters).filter(([name, { Default }]) => /Password$/.test(name) && Default);
    expect(defaults).toEqual([]);
    expect(Object.values(Parameters).filter(({ Default }) => /0\.0\.0\.0\/0|::\/0/.test(Default ?? ''))).toEqual([]);
  });
});
