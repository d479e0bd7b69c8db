import { expect, test } from 'vitest';
import { parseManifest } from '../../src/release/manifest.ts';
import { verifyBill } from '../../src/verify/verify-bill.ts';
import { smallRelease } from '../publish/small-release.ts';
import { codesOf } from '../support/refused.ts';

const release = smallRelease('1.0.0');
const { files } = parseManifest(release.manifest.bytes, '1.0.0', 'here');
const text = new TextDecoder().decode(release.files.find(({ path }) => path === 'sbom.cdx.json')!.bytes);
const verify = (bill: string) => verifyBill(new TextEncoder().encode(bill), files, 'there');

test('lists the files of the manifest, and what the release was built with', () => {
  const found = verify(text);
  expect(found.files).toBe(files.length - 2);
  expect(found.components).toBeGreaterThan(20);
});

test('is the same bytes each time, with no date, and has another serial number for other content', () => {
  const again = smallRelease('1.0.0').files.find(({ path }) => path === 'sbom.cdx.json')!;
  expect(new TextDecoder().decode(again.bytes)).toBe(text);
  expect(text).not.toMatch(/timestamp|T\d\d:\d\d/);
  const serialOf = (mark: string) =>
    JSON.parse(
      new TextDecoder().decode(smallRelease('1.0.0', mark).files.find(({ path }) => path === 'sbom.cdx.json')!.bytes),
    ).serialNumber;
  expect(serialOf('')).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(serialOf('x')).not.toBe(serialOf(''));
});

const edited = (edit: (bill: any) => void) => {
  const bill = JSON.parse(text);
  edit(bill);
  return JSON.stringify(bill);
};
test.each([
  ['no JSON', '{'],
  ['something else', '{"bomFormat": "SPDX"}'],
  ['without components', edited((bill) => delete bill.components)],
  ['with another hash', edited((bill) => Object.assign(bill.components[0].hashes[0], { content: '0'.repeat(64) }))],
  ['without hashes', edited((bill) => delete bill.components[0].hashes)],
  ['without a file', edited((bill) => bill.components.shift())],
  ['with one more', edited((bill) => bill.components.push({ ...bill.components[0], name: 'evil.sh' }))],
  ['with one twice', edited((bill) => bill.components.push(bill.components[0]))],
])('a bill that is %s is refused', (_, bill) => {
  expect(codesOf(() => verify(bill))).toEqual(['PL7006']);
});
