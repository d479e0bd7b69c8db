import { firstPerson } from '../parts/launch/first-person.ts';
import { peopleOfDirectory } from '../parts/launch/people-of-directory.ts';
import { type Stack, stack } from './stack.ts';

/** The function that makes people, for a directory of the stack before: `podlaunch people` asks it. */
export const peopleStack: Stack<'people'> = stack({
  name: 'people',
  summary: 'the function that makes people',
  title: 'first administrator, groups and bind accounts in the directory, and the function for podlaunch people',
  about: 'The first administrator, the groups and the bind accounts, and the function that makes people from then on.',
  parts: [firstPerson, peopleOfDirectory],
  outputs: ['PeopleRoleArn'],
});
