import type { DescribeChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { awsFailure } from '../cloud/errors.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import type { StackChange } from './changes.ts';
import type { Sent } from './parameters.ts';
import { changeOf } from './read-change.ts';
import type { Stacks } from './stacks.ts';

/** A template as CloudFormation is given it. */
export interface TemplateToSend {
  /** Its text, as the release lists it or as it was compiled. */
  readonly text: string;
  /** Where it is in a bucket; without it the text is sent. */
  readonly url?: string;
}

/** What a change set is made of. */
export interface ChangeSetInput {
  readonly stack: string;
  readonly isNew: boolean;
  readonly template: TemplateToSend;
  readonly sent: ReadonlyMap<string, Sent>;
  /** Names of parameters whose value is in no name. */
  readonly secrets: readonly string[];
  /** Whether CloudFormation is told that it may make IAM resources. */
  readonly makesIam: boolean;
  readonly hasNested: boolean;
}

/** A change set that can be executed. */
export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly StackChange[];
  /** Whether an earlier run made it. */
  readonly adopted: boolean;
}

/** How often CloudFormation is asked whether a change set is there, in milliseconds. */
const PAUSE = 1000;

/** The name that runs with the same template and values have in common, by which a later one knows an earlier one's. */
export function changeSetName({ template, sent, secrets, isNew }: ChangeSetInput): string {
  const values = [...sent].filter(([name]) => !secrets.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `podlaunch-${sha256(JSON.stringify([isNew, template.url ?? '', template.text, values])).slice(0, 20)}`;
}

/**
 * Finds the change set that an earlier run made of the same template and values and did not execute; undefined where there
 * is none. One that is of no use any more is deleted, because its name is taken.
 * @param isWanted false where it is of no use in any case: a secret has a new value, which no name tells
 */
export async function adoptChangeSet(
  stacks: Stacks,
  input: ChangeSetInput,
  isWanted: boolean,
): Promise<ChangeSet | undefined> {
  const name = changeSetName(input);
  const found = await describe(stacks, input.stack, name);
  if (found === undefined) return undefined;
  const { Status = '', ExecutionStatus = '' } = found;
  const isUsable = isWanted && (ExecutionStatus === 'AVAILABLE' || /^CREATE_(?:PENDING|IN_PROGRESS)$/.test(Status));
  if (!isUsable) {
    await deleteChangeSet(stacks, input.stack, name);
    return undefined;
  }
  const ready = await untilReady(stacks, input, name);
  return ready && { ...ready, adopted: true };
}

/**
 * Makes a change set and waits for it; undefined where it would change nothing.
 * @throws Refusal PL8501, PL8506 where CloudFormation cannot make it, PL8509 where it read another template
 */
export async function makeChangeSet(stacks: Stacks, input: ChangeSetInput): Promise<ChangeSet | undefined> {
  const { sdk, client, ask } = stacks;
  const { stack, template, sent, isNew, makesIam, hasNested } = input;
  const name = changeSetName(input);
  const create = new sdk.CreateChangeSetCommand({
    ...{ StackName: stack, ChangeSetName: name, ChangeSetType: isNew ? 'CREATE' : 'UPDATE' },
    ...(template.url === undefined ? { TemplateBody: template.text } : { TemplateURL: template.url }),
    Parameters: [...sent].map(([ParameterKey, one]) =>
      'value' in one ? { ParameterKey, ParameterValue: one.value } : { ParameterKey, UsePreviousValue: true },
    ),
    ...(makesIam && { Capabilities: ['CAPABILITY_IAM'] }),
    ...(hasNested && { IncludeNestedStacks: true }),
  });
  const doing = `make a change set of the stack ${stack}`;
  await ask({ doing, stack, needs: 'cloudformation:CreateChangeSet' }, () => client.send(create)).catch((thrown) => {
    // An answer that was lost: the name is made of template and values, so this is ours.
    if (!/AlreadyExists/.test(String(thrown))) throw thrown;
  });
  const ready = await untilReady(stacks, input, name);
  return ready && { ...ready, adopted: false };
}

/** Lets CloudFormation make the changes. One that is being made already, because an answer was lost, is as good. */
export async function executeChangeSet(stacks: Stacks, stack: string, { id }: ChangeSet): Promise<void> {
  const { sdk, client, ask } = stacks;
  const question = {
    doing: `execute the change set of the stack ${stack}`,
    stack,
    needs: 'cloudformation:ExecuteChangeSet',
  };
  await ask(question, async () => {
    try {
      const ClientRequestToken = id.split('/').at(-1);
      await client.send(new sdk.ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken }));
    } catch (thrown) {
      if (!/^InvalidChangeSetStatus/.test(awsFailure(thrown).name)) throw thrown;
      const { ExecutionStatus = '' } = await client.send(new sdk.DescribeChangeSetCommand({ ChangeSetName: id }));
      if (!ExecutionStatus.startsWith('EXECUTE_')) throw thrown;
    }
  });
}

/** Deletes a change set; one that is not there is deleted. */
export async function deleteChangeSet(stacks: Stacks, stack: string, name: string): Promise<void> {
  const { sdk, client, ask } = stacks;
  const question = {
    doing: `delete a change set of the stack ${stack}`,
    stack,
    needs: 'cloudformation:DeleteChangeSet',
  };
  const ids = name.startsWith('arn:') ? { ChangeSetName: name } : { ChangeSetName: name, StackName: stack };
  await ask(question, () => client.send(new sdk.DeleteChangeSetCommand(ids)));
}

async function untilReady(
  stacks: Stacks,
  { stack, template }: ChangeSetInput,
  name: string,
): Promise<Omit<ChangeSet, 'adopted'> | undefined> {
  for (;;) {
    const found = await describe(stacks, stack, name);
    const { Status = '', StatusReason = '', ChangeSetId: id = '', StackId: stackId = '' } = found ?? {};
    if (found === undefined || Status === 'FAILED') {
      if (found) await deleteChangeSet(stacks, stack, id);
      if (/didn't contain changes|No updates are to be performed/i.test(StatusReason)) return undefined;
      throw refuse({
        code: 'PL8506',
        message: `CloudFormation could not make a change set of the stack ${stack}: ${StatusReason || 'somebody deleted it'}.`,
        hint: 'Nothing was changed. Correct what it names, and run the same command again.',
      });
    }
    if (Status === 'CREATE_COMPLETE') {
      if (template.url !== undefined) await checkRead(stacks, stack, id, template.text);
      return { id, stackId, changes: await changesOf(stacks, stack, found) };
    }
    await new Promise((waited) => setTimeout(waited, PAUSE));
  }
}

/** All changes, page by page, with those of nested stacks. */
async function changesOf(
  stacks: Stacks,
  stack: string,
  first: DescribeChangeSetOutput,
): Promise<readonly StackChange[]> {
  const all = [...(first.Changes ?? [])];
  for (let page = first; page.NextToken !== undefined; ) {
    const next = await describe(stacks, stack, first.ChangeSetId!, page.NextToken);
    if (next === undefined) break;
    all.push(...(next.Changes ?? []));
    page = next;
  }
  return Promise.all(
    all.map(async (change) => {
      const nestedId = change.ResourceChange?.ChangeSetId;
      const nested = nestedId === undefined ? undefined : await describe(stacks, stack, nestedId);
      return changeOf(change, nested && (await changesOf(stacks, stack, nested)));
    }),
  );
}

/** Compares what CloudFormation read from a URL with what the release lists: between two readings a file may change. */
async function checkRead(stacks: Stacks, stack: string, id: string, text: string): Promise<void> {
  const { sdk, client, ask } = stacks;
  const question = { doing: `read the template of the stack ${stack}`, stack, needs: 'cloudformation:GetTemplate' };
  const command = new sdk.GetTemplateCommand({ ChangeSetName: id, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await ask(question, () => client.send(command));
  if (TemplateBody.trim() === text.trim()) return;
  await deleteChangeSet(stacks, stack, id);
  throw refuse({
    code: 'PL8509',
    message: `CloudFormation read another template for the stack ${stack} than the release lists.`,
    hint: 'Nothing was changed. Somebody writes to the bucket of the releases: tell the publisher.',
  });
}

async function describe(
  { sdk, client, ask }: Stacks,
  stack: string,
  name: string,
  NextToken?: string,
): Promise<DescribeChangeSetOutput | undefined> {
  const which = name.startsWith('arn:') ? { ChangeSetName: name } : { ChangeSetName: name, StackName: stack };
  const question = {
    doing: `read a change set of the stack ${stack}`,
    stack,
    needs: 'cloudformation:DescribeChangeSet',
  };
  return ask(question, () =>
    client.send(new sdk.DescribeChangeSetCommand({ ...which, NextToken })).catch((thrown: unknown) => {
      const { name: code, message } = awsFailure(thrown);
      if (code.startsWith('ChangeSetNotFound') || /does not exist/.test(message)) return undefined;
      throw thrown;
    }),
  );
}
