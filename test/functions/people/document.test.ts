import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeDn } from '../../../src/functions/lib/directory-place.ts';
import { isPersonName } from '../../../src/functions/lib/person-name.ts';
import { readPublicKey } from '../../../src/functions/lib/public-key.ts';
import { faultOfGroupName } from '../../../src/functions/people/group-name.ts';
import { readPeopleDocument } from '../../../src/functions/people/people-document.ts';
import VECTORS from '../../fixtures/ssh-keys.json' with { type: 'json' };
import { newSshKey } from './fake/keys.ts';

const KEY = newSshKey();
const faultsOf = (value: unknown) => {
  const read = readPeopleDocument(value, ['ReadOnly']);
  return 'faults' in read ? read.faults : [];
};

describe('keys', () => {
  test.each(VECTORS)('$what', ({ line, kept, node }) => {
    const key = readPublicKey(line);
    if (kept === null) {
      expect(key).toEqual({ fault: expect.any(String) });
      for (const word of line.split(/\s+/)) if (word.length > 30) expect(JSON.stringify(key)).not.toContain(word);
      return;
    }
    expect(key).toMatchObject({ line: kept });
    expect(readPublicKey(kept)).toEqual(key);
    // What is kept is offered to sshd by every node, as it is.
    expect(node!.split(' ').slice(0, 2)).toEqual(kept.split(' ').slice(0, 2));
  });

  test('every type that nodes take is among them, and what is too long is refused as there', () => {
    const types = VECTORS.flatMap(({ kept }) => kept?.split(' ')[0] ?? []);
    expect(new Set(types).size).toBe(7);
    expect(readPublicKey(`${KEY} ${'x'.repeat(16_384)}`)).toMatchObject({ fault: 'is longer than a key can be' });
  });
});

describe('names', () => {
  test.each(['ada', 'a', 'j.doe', 'a_b-c1', 'abcdefghijklmnopqrst'])('%s is one', (name) => {
    expect(isPersonName(name)).toBe(true);
  });

  test.each([
    ...['', '1st', 'Ada', 'zoë', 'a b', 'abcdefghijklmnopqrstu', '0', '-x', '.x', 'a.', 'ada$', 'a\0', 'a\n', '*'],
    ...['root', 'ubuntu', 'slurm', 'admin', 'administrator', 'krbtgt', 'guest', 'ssm-user', 'docker', 'root.adm'],
  ])('%j is not', (name) => expect(isPersonName(name)).toEqual(expect.any(String)));

  test.each(['ClusterAdmin', 'Data Science', 'Ärzte', 'team-1', 'x'.repeat(64)])('%s is a group', (name) => {
    expect(faultOfGroupName(name)).toBeUndefined();
  });

  test.each(['', 'x'.repeat(65), ' a', 'a ', 'a.', '#1', '12', 'a,b', 'a*', 'sudo', 'Docker', 'Administrators', 'a\n'])(
    '%j is not',
    (name) => expect(faultOfGroupName(name)).toEqual(expect.any(String)),
  );

  test('in a DN every value is one value', () => {
    expect(escapeDn('#a, b+"c"\\<d>;e=f ')).toBe('\\#a\\, b\\+\\"c\\"\\\\\\<d\\>\\;e\\=f\\ ');
    const unescaped = (dn: string) => dn.replaceAll(/\\(00|.)/gsu, (_, one) => (one === '00' ? '\0' : one));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...',+"\\<>;=#*()\0 aä'), minLength: 1, maxLength: 12 }),
        (value) => {
          const escaped = escapeDn(value);
          expect(unescaped(escaped)).toBe(value);
          expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[,+"<>;=\0]|^[# ]|(?<!\\)(?:\\\\)* $/);
        },
      ),
    );
  });
});

describe('a document', () => {
  test('is read with its defaults', () => {
    const value = {
      schemaVersion: 1,
      groups: ['A', { name: 'B' }],
      people: [{ name: 'ada', groups: ['b'], keys: [`  ${KEY}`] }],
    };
    const document = {
      groups: [{ name: 'A' }, { name: 'B' }],
      people: [{ name: 'ada', groups: ['b'], keys: [KEY], state: 'enabled' }],
    };
    expect(readPeopleDocument(value, [])).toEqual({ document });
    expect(readPeopleDocument({}, [])).toEqual({ document: { groups: [], people: [] } });
  });

  test('says all that is wrong at once', () => {
    const faults = faultsOf({
      groups: ['A', 'a', { name: 'sudo', members: [] }],
      people: [
        { name: 'ada', groups: ['None', 'A', 'a'], keys: ['ssh-ed25519 AAAA', KEY, KEY], state: 'gone', key: 'x' },
        { name: 'ada' },
        { name: 'Root', objectGUID: 'x' },
        'bob',
      ],
    });
    expect(faults).toEqual([
      'A group has "members": known are name, objectGUID.',
      'The group "sudo" is a name that nodes or the directory have themselves.',
      'A person has "key": known are name, groups, keys, state, objectGUID.',
      'The state of "ada" is neither enabled nor disabled.',
      '"ada" is twice in the group "a".',
      'Key 1 of "ada" is not a valid key of the type ssh-ed25519; it may be cut off.',
      expect.stringMatching(/^The key SHA256:\S+ of "ada" is listed twice[.]$/),
      'The name "Root" must begin with a letter in lower case.',
      'The objectGUID of "Root" is not of the form 01234567-89ab-cdef-0123-456789abcdef.',
      expect.stringContaining('A person is not an object'),
      'The name without a name must begin with a letter in lower case.',
      '"a" is listed twice, as people or groups.',
      '"ada" is listed twice, as people or groups.',
      '"ada" is in "None": not in the list of groups.',
    ]);
  });

  test.each([
    ['The document is not an object', null],
    ['The document is not an object', []],
    ['people are not a list', { people: {} }],
    ['schemaVersion', { schemaVersion: 2 }],
    ['A group is not an object', { groups: [1] }],
    ['not all keys of a person are text', { people: [{ name: 'ada', keys: [1] }] }],
    ['more than 20 keys of a person', { people: [{ name: 'ada', keys: Array(21).fill(KEY) }] }],
    ['more than 5000 people', { people: Array(5001).fill({}) }],
    ['The document has "constructor"', { __proto__: null, constructor: 1 }],
  ])('is refused: %s', (words, value) => expect(faultsOf(value).join()).toContain(words));

  test('whatever it is, reading it ends in a document or in words', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(readPeopleDocument(value, [])).toBeDefined()));
  });
});
