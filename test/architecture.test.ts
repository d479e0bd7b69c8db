import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawArchitecture } from '../scripts/architecture.mjs';
import { readAssets } from '../src/assets/read-assets.ts';
import { compileRelease } from '../src/compile/compile-release.ts';
import { DEFAULTS } from '../src/config/defaults.ts';

const picture = drawArchitecture(await compileRelease(DEFAULTS, readAssets()));

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangles that are filled so. */
function rectangles(fill: string): readonly Rectangle[] {
  const pattern = new RegExp(
    `<rect x="(\\d+)" y="(\\d+)" width="(\\d+)" height="(\\d+)" rx="\\d" fill="(?:${fill})"`,
    'g',
  );
  return [...picture.matchAll(pattern)].map((found) => {
    const [x, y, width, height] = found.slice(1).map(Number) as [number, number, number, number];
    return { x, y, width, height };
  });
}

const columns = rectangles('#f5f7fa');
const boxes = rectangles('#fff|#fdf0d5').filter(({ width }) => width > 100);

function isWithin(inner: Rectangle, outer: Rectangle): boolean {
  const ends = inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
  return inner.x >= outer.x && inner.y >= outer.y && ends;
}

test('the picture is what the templates make of it (renew it with npm run dist)', () => {
  expect(readFileSync('docs/architecture.svg', 'utf8')).toBe(picture);
});

test('every box is in its column, none on another, and the columns are in the picture', () => {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(picture)!.map(Number);
  expect(columns).toHaveLength(5 + 5);
  expect(boxes.length).toBeGreaterThan(60);
  const whole = { x: 0, y: 0, width: width!, height: height! };
  expect(columns.filter((column) => !isWithin(column, whole))).toEqual([]);
  expect(boxes.filter((box) => columns.filter((column) => isWithin(box, column)).length !== 1)).toEqual([]);
  expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
});

test('the launchpad is first: what a launcher gives, what can be refused before what takes long, what stays', () => {
  const at = (text: string) => picture.indexOf(`>${text}<`);
  const order = ['AdminUser', 'AdminPublicKey', 'Preflight', 'NatGateway', 'Directory', 'People', 'Cluster'];
  const places = order.map(at);
  expect(places).not.toContain(-1);
  expect(places.toSorted((a, b) => a - b)).toEqual(places);
  expect(at('1  prerequisites')).toBeGreaterThan(places.at(-1)!);
  const [first] = picture.split('>The same in small stacks');
  const kept = [...first!.matchAll(/fill="#fdf0d5"[^>]*><text[^>]*>(\w+)</g)].map(([, id]) => id);
  const stays = [
    'Vpc',
    'ClusterSecurityGroup',
    'ClusterSubnet',
    'SecondSubnet',
    'FileSystem',
    'AdminSecret',
    'Directory',
  ];
  expect(kept).toEqual(stays);
  // What nobody has who changes nothing.
  expect(first).not.toMatch(/SlurmDatabase|Alarm/);
});

test('titles fit into their columns', () => {
  const titles = [...picture.matchAll(/<text x="(\d+)" y="\d+" font-size="(18|13)"[^>]*>([^<]*)</g)];
  expect(titles.length).toBe(2 * columns.length);
  for (const [, x, size, words] of titles) {
    const column = columns.find((one) => Number(x) === one.x + 14)!;
    expect([words, words!.length * Number(size) * 0.5 < column.width - 28]).toEqual([words, true]);
  }
});
