import type { InstanceStatus, NodeStatus } from './status.ts';

/** How a node that joined ends what it says; cli.py of the node scripts says it. */
const JOINED = 'this node is a member of the directory';

/** What a node says of a fault: `podlaunch: PLN-TLS: words`. */
const FAULT = /podlaunch: (PLN-[A-Z0-9-]+): /;

/** Which lines of the nodes' logs say how a launch of a node ended, for `readLogs`. */
export const SAID_BY_NODES = { pattern: '"podlaunch:"', fits: new RegExp(`${FAULT.source}|podlaunch: .*${JOINED}`) };

/** The log group of the lifecycle scripts of a cluster's nodes. */
export function nodeLogGroup(cluster: string, arn: string): string {
  return `/aws/sagemaker/Clusters/${cluster}/${arn.split('/').at(-1)}`;
}

/**
 * What the nodes' lifecycle scripts said at the end of their latest run, of the nodes that are there now.
 * @param lines of the log group, in the order of time; a node has the stream LifecycleConfig/GROUP/INSTANCE
 */
export function nodesSaid(
  instances: readonly InstanceStatus[],
  lines: readonly { readonly stream: string; readonly text: string }[],
): readonly NodeStatus[] {
  const said = new Map<string, { joined: boolean; codes: Set<string> }>();
  for (const { stream, text } of lines) {
    const id = stream.split('/').at(-1)!;
    if (text.includes(JOINED)) said.set(id, { joined: true, codes: new Set() });
    const code = FAULT.exec(text)?.[1];
    if (code === undefined) continue;
    // Warnings come before the word that it joined: what comes after it is of a later run.
    const before = said.get(id);
    said.set(id, { joined: false, codes: new Set(before?.joined ? [code] : [...(before?.codes ?? []), code]) });
  }
  return instances.map(({ id, group }) => {
    const own = said.get(id);
    return { id, group, joined: own?.joined, codes: [...(own?.codes ?? [])].sort() };
  });
}

/** How many nodes of a group said what, in words: `2 joined, 1 PLN-TLS, 1 said nothing`. */
export function saidWords(nodes: readonly NodeStatus[]): string {
  const counts = new Map<string, number>();
  for (const { joined, codes } of nodes) {
    const words = joined ? 'joined' : joined === undefined ? 'said nothing' : codes.join(' and ');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, number]) => `${number} ${words}`).join(', ');
}
