import type { Json } from '../document/template-document.ts';
import type { KeptThing } from './remembered.ts';
import type { StackResource } from './resources.ts';

/** What costs money, or has data in it, when it stays behind; in the order in which it can be removed. */
const WORDS: Readonly<Record<string, string>> = {
  'AWS::FSx::FileSystem': 'the file system with all its files: costs every hour, by its size',
  'AWS::DirectoryService::MicrosoftAD': 'the directory with its people: costs every hour',
  'AWS::SecretsManager::Secret': "the secret of the directory's Admin: costs a little every month",
  'AWS::EC2::SecurityGroup': 'a security group: costs nothing',
  'AWS::EC2::Subnet': 'a subnet: costs nothing',
  'AWS::EC2::VPC': 'the VPC: costs nothing, but counts in the quota',
};

/** The types that podlaunch can remove, in the order in which they let go of each other. */
export const REMOVABLE: readonly string[] = Object.keys(WORDS);

/** What is no thing of its own: a rule goes with its security group. */
const PARTS: readonly string[] = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];

/** What is in the network, and so in the way of the subnets. */
const IN_NETWORK: readonly string[] = ['AWS::FSx::FileSystem', 'AWS::DirectoryService::MicrosoftAD'];

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly DeletionPolicy?: string }>>;
}

/** What stays when a stack of this template is deleted: resources that its template keeps. */
export function keptThings(template: Json | undefined, resources: readonly StackResource[]): readonly KeptThing[] {
  const { Resources = {} } = (template ?? {}) as Template;
  return removalOrder(
    resources
      .filter(({ type }) => !PARTS.includes(type))
      .filter(({ id, physicalId }) => /^Retain/.test(Resources[id]?.DeletionPolicy ?? '') && physicalId !== '')
      .map(({ type, physicalId }) => ({ type, id: physicalId })),
  );
}

/** What of a stack leaves a last snapshot: in words, because a snapshot has no name yet. */
export function snapshots(template: Json | undefined, resources: readonly StackResource[]): readonly string[] {
  const { Resources = {} } = (template ?? {}) as Template;
  return resources.filter(({ id }) => Resources[id]?.DeletionPolicy === 'Snapshot').map(({ id }) => id);
}

/** In the order in which they can be removed. */
export function removalOrder(things: readonly KeptThing[]): readonly KeptThing[] {
  const place = ({ type }: KeptThing) => (REMOVABLE.includes(type) ? REMOVABLE.indexOf(type) : REMOVABLE.length);
  return [...things].sort((a, b) => place(a) - place(b));
}

/** Whether it is in subnets, which cannot go before it. */
export function isInNetwork({ type }: KeptThing): boolean {
  return IN_NETWORK.includes(type);
}

/** What it is, and whether it costs on, in words. */
export function keptWords({ type, id }: KeptThing): string {
  return `${id}: ${WORDS[type] ?? `${type}, which may cost on`}`;
}
