import { describe, expect, test } from 'vitest';
import { listed, movesOf } from '../../../src/publish/releases/history.ts';
import { parseHistory } from '../../../src/publish/releases/parse-history.ts';
import { codesOf } from '../../support/refused.ts';

const at = '2026-11-27T12:00:00Z';
const release = { version: '1.0.0', publishedAt: at, manifestSha256: 'a'.repeat(64) };
const parse = (value: unknown) => parseHistory(new TextEncoder().encode(JSON.stringify(value)), 'releases.json');
const code = (value: unknown) => codesOf(() => parse(value)).join();

test('what is there is read, newest first as it was written', () => {
  const history = {
    releases: [
      { ...release, version: '1.1.0', minimumFrom: '1.0.0', withdrawn: { at, why: 'It loses jobs.' } },
      release,
    ],
    channels: { stable: [{ version: '1.1.0', at }], constructor: [] },
  };
  const read = parse({ ...history, newer: 1 });
  expect(read).toEqual(history);
  expect(listed(read, '1.1.0')?.withdrawn?.why).toBe('It loses jobs.');
  expect(listed(read, '2')).toBeUndefined();
  expect(movesOf(read, 'stable')).toHaveLength(1);
  expect(movesOf(parse({ releases: [], channels: {} }), 'constructor')).toEqual([]);
});

describe('a file that is none', () => {
  test.each<[string, unknown]>([
    ['a list', []],
    ['nothing', null],
    ['no channels', { releases: [] }],
    ['releases by name', { releases: {}, channels: {} }],
    ['a version twice', { releases: [release, release], channels: {} }],
    ['a path for a version', { releases: [{ ...release, version: '../x' }], channels: {} }],
    ['an escape in a version', { releases: [{ ...release, version: '\u001b[2J' }], channels: {} }],
    ['no date', { releases: [{ ...release, publishedAt: undefined }], channels: {} }],
    ['a date that there is not', { releases: [{ ...release, publishedAt: '2026-02-30T12:00:00Z' }], channels: {} }],
    ['a date of no zone', { releases: [{ ...release, publishedAt: '2026-11-27T12:00:00' }], channels: {} }],
    ['markup for a date', { releases: [{ ...release, publishedAt: '<img onerror=alert(1)>' }], channels: {} }],
    ['a short hash', { releases: [{ ...release, manifestSha256: 'abc' }], channels: {} }],
    ['a withdrawal without a reason', { releases: [{ ...release, withdrawn: { at } }], channels: {} }],
    ['a reason of two lines', { releases: [{ ...release, withdrawn: { at, why: 'a\nb' } }], channels: {} }],
    ['a reason written backwards', { releases: [{ ...release, withdrawn: { at, why: 'a\u202eb' } }], channels: {} }],
    ['a reason without end', { releases: [{ ...release, withdrawn: { at, why: 'x'.repeat(501) } }], channels: {} }],
    ['a lower limit that is none', { releases: [{ ...release, minimumFrom: '' }], channels: {} }],
    ['a channel that is a path', { releases: [], channels: { '../x': [] } }],
    ['a move to nowhere', { releases: [], channels: { stable: [{ at }] } }],
    ['a move at no time', { releases: [], channels: { stable: [{ version: '1' }] } }],
  ])('%s', (_, value) => {
    expect(code(value)).toBe('PL4058');
  });

  test('the prototype of an object', () => {
    const text = '{"releases": [], "channels": {"__proto__": []}}';
    expect(codesOf(() => parseHistory(new TextEncoder().encode(text), 'x'))).toEqual(['PL4058']);
  });

  test.each<[string, Uint8Array | 'larger']>([
    ['torn', new TextEncoder().encode('{"releases": [')],
    ['empty', new Uint8Array()],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['endless', 'larger'],
  ])('%s', (_, bytes) => {
    expect(codesOf(() => parseHistory(bytes, 'x'))).toEqual(['PL4058']);
  });
});
