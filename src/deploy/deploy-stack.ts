import { Refusal } from '../diagnostics/refusal.ts';
import type { Json } from '../document/template-document.ts';
import { makesIam } from '../launch/resource-types.ts';
import {
  adoptChangeSet,
  type ChangeSetInput,
  deleteChangeSet,
  executeChangeSet,
  makeChangeSet,
  type TemplateToSend,
} from './change-set.ts';
import { beginDelete } from './delete-stack.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { type DeployEvent, hiding } from './events.ts';
import { type AskedValue, answerFault, decideValues, type Sent, type ValueSources } from './parameters.ts';
import { nobodyAgrees, nobodyAnswers } from './refusals.ts';
import { settled } from './settled.ts';
import type { Stacks } from './stacks.ts';
import type { Talk } from './talk.ts';
import { hasNested, secretsOf, withinLimit } from './template.ts';
import { newestEvent } from './watch.ts';
import { throwIfFailed, watch } from './watched-stack.ts';

/** A stack that is to be there. */
export interface WantedStack {
  /** Its name in the account. */
  readonly name: string;
  readonly template: TemplateToSend & { readonly value: Json | undefined };
  readonly sources: Omit<ValueSources, 'previous'>;
}

/**
 * Makes a stack, or updates it. What an earlier run has begun is gone on with: a stack on which something is under way is
 * watched to its end first, and a change set of the same template and values is taken over.
 * @param check looks at the values before anything is made, such as preflight
 * @throws Refusal PL8501 to PL8509
 */
export async function deployStack(
  stacks: Stacks,
  wanted: WantedStack,
  talk: Talk,
  check?: (values: Readonly<Record<string, string>>, isNew: boolean) => Promise<void>,
): Promise<DeployedStack> {
  const { name, template } = wanted;
  const secrets = secretsOf(template.value);
  const hide = hiding(Object.values(wanted.sources.secrets));
  const tell = (event: DeployEvent) => talk.onEvent(event);
  const before = await settled(stacks, name, talk, hide);
  const isNew = before === undefined || before.status === 'REVIEW_IN_PROGRESS';

  const previous = isNew ? [] : Object.keys(before.parameters);
  const { sent, missing } = decideValues(template.value, { ...wanted.sources, previous });
  const values = new Map(sent);
  const typed: Record<string, string> = {};
  const answer = async (questions: readonly AskedValue[]) => {
    if (questions.length > 0 && talk.ask === undefined) throw nobodyAnswers(name, missing);
    for (const question of questions) {
      const value = await askUntilRight(question, talk.ask!);
      values.set(question.name, { value });
      typed[question.name] = value;
    }
  };
  const input = (): ChangeSetInput => ({
    ...{ stack: name, isNew, template: template.url ? template : withinLimit(template, name), sent: values, secrets },
    ...{ makesIam: makesIam(template.value), hasNested: hasNested(template.value) },
  });

  await answer(missing.filter(({ isSecret }) => !isSecret));
  talk.remember(rememberable(wanted, typed, secrets));
  const hasNewSecrets = secrets.some((secret) => wanted.sources.secrets[secret] !== undefined);
  const earlier = before && (await adoptChangeSet(stacks, input(), !hasNewSecrets));
  if (earlier === undefined) {
    await answer(missing.filter(({ isSecret }) => isSecret));
    await check?.(plainValues(values), isNew);
  }
  const hideAll = hiding([...Object.values(wanted.sources.secrets), ...secrets.flatMap((one) => typed[one] ?? [])]);
  const made = earlier ?? (await makeChangeSet(stacks, input()).catch((thrown) => rethrowHidden(thrown, hideAll)));
  if (made === undefined) {
    const outputs = before?.outputs ?? {};
    const shown = hidden(outputs, hide);
    tell({ event: 'done', stack: name, result: 'unchanged', outputs: shown });
    return { name, result: 'unchanged', outputs, shown };
  }

  tell({ event: 'plan', stack: name, isNew, changes: made.changes });
  if (talk.confirm === undefined) throw nobodyAgrees(name);
  if (!(await talk.confirm(question(name, isNew, input().makesIam)))) {
    await decline(stacks, name, made.id, isNew);
    tell({ event: 'done', stack: name, result: 'declined', outputs: {} });
    return { name, result: 'declined', outputs: before?.outputs ?? {}, shown: {} };
  }

  const after = await newestEvent(stacks, made.stackId);
  await executeChangeSet(stacks, name, made);
  const action = isNew ? 'create' : 'update';
  const begun = { name, stackId: made.stackId, action, adopted: made.adopted, after, hide: hideAll } as const;
  const watched = await watch(stacks, begun, talk);
  throwIfFailed(watched, name, talk, hideAll);
  const result = isNew ? 'created' : 'updated';
  const { outputs } = watched.stack;
  const shown = hidden(outputs, hideAll);
  tell({ event: 'done', stack: name, result, outputs: shown });
  return { name, result, outputs, shown };
}

async function decline(stacks: Stacks, name: string, id: string, isNew: boolean): Promise<void> {
  await deleteChangeSet(stacks, name, id);
  const now = isNew ? await stacks.describe(name) : undefined;
  if (now?.status !== 'REVIEW_IN_PROGRESS') return;
  const { client, sdk, ask } = stacks;
  // A stack in review is only a name. Another run may have a change set for it.
  const list = { doing: `list the change sets of ${name}`, stack: name, needs: 'cloudformation:ListChangeSets' };
  const { Summaries = [] } = await ask(list, () => client.send(new sdk.ListChangeSetsCommand({ StackName: name })));
  if (Summaries.some(({ ChangeSetId }) => ChangeSetId !== id)) return;
  await beginDelete(stacks, now);
}

async function askUntilRight(question: AskedValue, ask: NonNullable<Talk['ask']>): Promise<string> {
  for (let fault: string | undefined; ; ) {
    const value = await ask(question, fault);
    fault = answerFault(question, value);
    if (fault === undefined) return value;
  }
}

function rememberable({ sources }: WantedStack, typed: Readonly<Record<string, string>>, secrets: readonly string[]) {
  const all = { ...sources.remembered, ...sources.given, ...typed };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !secrets.includes(name)));
}

function plainValues(values: ReadonlyMap<string, Sent>) {
  return Object.fromEntries([...values].flatMap(([name, one]) => ('value' in one ? [[name, one.value]] : [])));
}

function hidden(values: Readonly<Record<string, string>>, hide: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, hide(value)]));
}

function rethrowHidden(thrown: unknown, hide: (text: string) => string): never {
  if (!(thrown instanceof Refusal)) throw thrown;
  throw new Refusal(thrown.diagnostics.map((one) => ({ ...one, message: hide(one.message) })));
}

function question(name: string, isNew: boolean, iam: boolean): string {
  const verb = isNew ? 'Make' : 'Update';
  return iam ? `${verb} ${name}, and let CloudFormation create IAM resources (CAPABILITY_IAM)?` : `${verb} ${name}?`;
}
