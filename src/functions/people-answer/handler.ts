import { askPeople } from '../lib/ask-people.ts';
import type { AnswersOf, PropertiesOf } from '../lib/declaration.ts';
import { defineResource, type ResourceHandler, type Run } from '../lib/define-resource.ts';
import { reasonOf } from '../lib/fault.ts';
import { leaveNetwork } from '../lib/leave-network.ts';
import { isStackGoing } from '../lib/stack-status.ts';
import type { Edit } from '../people/edit-document.ts';
import type { PeopleQuestion } from '../people/requests.ts';
import type { peopleAnswer } from './function.ts';

type Properties = PropertiesOf<typeof peopleAnswer>;
type Answers = AnswersOf<typeof peopleAnswer>;

export const handler: ResourceHandler<typeof peopleAnswer> = defineResource({
  id: 'podlaunch-people',
  whenLate: 'Look at the log of the people function, and try again: what was done so far stays.',
  create: (properties, run) => make(properties, firstPerson(properties), run),
  update,
  // Nobody is removed: somebody with the same name would later have another uid.
  goBack: update,
  delete: leave,
});

async function make({ FunctionArn, Groups }: Properties, edits: readonly Edit[], { stop }: Run): Promise<Answers> {
  const call: PeopleQuestion = { action: 'apply', edits, groups: Groups };
  await askPeople(FunctionArn, call, stop);
  return { FunctionArn };
}

/** Somebody who was removed since is brought back only where the stack's person or key has changed. */
async function update(properties: Properties, run: Run, old: Properties): Promise<Answers> {
  const { AdminUser, AdminPublicKey } = properties;
  const isSame = AdminUser === old.AdminUser && AdminPublicKey === old.AdminPublicKey;
  const isOneMore = AdminUser !== old.AdminUser || old.AdminPublicKey === '';
  const before: readonly Edit[] = isOneMore ? [] : [{ edit: 'remove key', name: AdminUser, key: old.AdminPublicKey }];
  return make(properties, isSame ? [] : [...firstPerson(properties), ...before], run);
}

function firstPerson({ AdminUser, AdminPublicKey, Groups }: Properties): readonly Edit[] {
  if (AdminUser === '') return [];
  const keys = AdminPublicKey === '' ? [] : [AdminPublicKey];
  return [{ edit: 'add', name: AdminUser, groups: Groups.slice(0, 1), keys }];
}

/** People stay as long as the directory. Whatever fails here must not keep the rest of the stack from going. */
async function leave({ FunctionArn, SecurityGroupId }: Properties, { stackId, stop }: Run): Promise<void> {
  if (!(await isStackGoing(stackId, stop))) return;
  await leaveNetwork({ functionName: FunctionArn, securityGroupId: SecurityGroupId }, stop).catch((thrown) => {
    console.log(`Left in the VPC: ${reasonOf(thrown)}`);
  });
}
