import { describe, expect, test } from 'vitest';
import { isPersonName } from '../../src/functions/lib/person-name.ts';
import { readPublicKey } from '../../src/functions/lib/public-key.ts';
import { KEY } from './preflight/situation.ts';

const [type, blob] = KEY.split(' ') as [string, string];

describe('a public key', () => {
  test.each([
    ['', 'empty'],
    [`${KEY}\n${KEY}`, 'more than one line'],
    [`from="10.0.0.0/8" ${KEY}`, 'begin with the type'],
    [blob, 'begin with the type'],
    [`ssh-dss ${blob}`, 'begin with the type'],
    [type, 'no key in base64'],
    [`${type} AA=A me`, 'no key in base64'],
    [`${type} ${blob.slice(0, -4)}`, 'cut off'],
    [`ssh-rsa ${blob}`, 'not a valid key of the type ssh-rsa'],
    [`${type}\u00a0${blob}`, 'not ASCII'],
    [`ssh-rsa ${'A'.repeat(20_000)}`, 'longer than'],
    [
      `${type} ${Buffer.concat([Buffer.from(blob, 'base64'), Buffer.from([0, 0, 0, 0])]).toString('base64')}`,
      'not a valid key',
    ],
    ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDA', 'cut off'],
  ])('%j is refused, and never quoted', (text, words) => {
    const read = readPublicKey(text);
    expect(read).toEqual({ fault: expect.stringContaining(words) });
    expect(JSON.stringify(read)).not.toContain(blob.slice(4, 20));
  });

  test('blanks around it, and a key without a comment, are fine', () => {
    expect(readPublicKey(` ${type}\t${blob} \n`)).toEqual({ ...readPublicKey(KEY), line: `${type} ${blob}` });
  });
});

test.each([
  ['ada', true],
  ['ada.lovelace-1_x', true],
  ['Ada', /lower case/],
  ['1ada', /letter/],
  ['ada.', /end in/],
  ['ada@x', /lower-case letters/],
  ['a'.repeat(21), /at most 20/],
  ['root', /another name than root/],
  ['admin', /another name than admin/],
])('the name %j', (name, expected) => {
  const said = isPersonName(name);
  if (expected === true) expect(said).toBe(true);
  else expect(said).toMatch(expected as RegExp);
});
