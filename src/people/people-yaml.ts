import type { PeopleDocument } from '../functions/people/people-document.ts';

/** A document as people.yaml, to be kept in a repository: in the order of names, each person with what is not the default. */
export async function peopleYaml({ groups, people }: PeopleDocument): Promise<string> {
  const { stringify } = await import('yaml');
  const short = {
    schemaVersion: 1,
    groups: groups.map(({ name, objectGUID }) => (objectGUID === undefined ? name : { name, objectGUID })),
    people: people.map(({ state, ...one }) => (state === 'disabled' ? { ...one, state } : one)),
  };
  return stringify(short, { lineWidth: 0 });
}
