import type { Learnt } from './known.ts';
import { saidWords } from './node-status.ts';
import { problemsOf, type Status } from './status.ts';

/** A status for people: a block for each subject, and at the end what is wrong. */
export function statusText(status: Status): string {
  const { stacks, cluster, nodes, certificate, passwords, targets, newer } = status;
  const blocks = [
    block('Stacks', stacks, (all) =>
      all.length === 0
        ? [`none of ${status.project} in ${status.region}`]
        : all.flatMap(({ name, status: state, version, changedAt = '', drift }) => [
            `${name}  ${state}  ${changedAt.slice(0, 16)}${version === undefined ? '' : `  release ${version}`}`,
            ...(drift === undefined ? [] : driftLines(drift)),
          ]),
    ),
    ...(cluster
      ? [
          block('Cluster', cluster, ({ name, status: state, failure, groups }) => [
            `${name}  ${state}${failure === '' ? '' : `  ${failure}`}`,
            ...groups.flatMap(({ name: group, type, wanted, nodes: states }) => [
              `  ${group}  ${type}  ${wanted} wanted  ${counts(states)}`,
              ...saidLines(nodes, group),
            ]),
            ...(nodes && 'unknown' in nodes ? [`  which nodes joined is unknown: ${nodes.unknown}`] : []),
          ]),
        ]
      : []),
    ...(certificate
      ? [
          block('Certificate', certificate, ({ host, daysLeft, endsAt }) => [
            `${host}  ${daysLeft} days left (${endsAt.slice(0, 10)})`,
          ]),
        ]
      : []),
    ...(passwords.length > 0
      ? [
          [
            'Passwords',
            ...passwords.map((one) =>
              'unknown' in one
                ? `  ${one.id}  unknown: ${one.unknown}`
                : `  ${one.known.secret}  set ${one.known.age} days ago${one.known.rotatesAt === undefined ? '' : `, rotated next on ${one.known.rotatesAt.slice(0, 10)}`}`,
            ),
          ].join('\n'),
        ]
      : []),
    ...(targets
      ? [
          block('Domain controllers behind the load balancer', targets, (all) =>
            all.length === 0
              ? ['none']
              : all.map(
                  ({ group, target, health, reason }) =>
                    `${target}  ${health}${reason === '' ? '' : `: ${reason}`}  (${group})`,
                ),
          ),
        ]
      : []),
    ...(newer
      ? [
          block('Release', newer, ({ channel, version, isNewer }) => [
            isNewer ? `the channel ${channel} names ${version}: podlaunch deploy` : `as the channel ${channel} names`,
          ]),
        ]
      : []),
  ];
  const problems = problemsOf(status);
  return [...blocks, ...(problems.length > 0 ? [['Wrong', ...problems.map((one) => `  ${one}`)].join('\n')] : [])].join(
    '\n\n',
  );
}

function block<T>(title: string, what: Learnt<T>, lines: (known: T) => readonly string[]): string {
  const inner = 'unknown' in what ? [`unknown: ${what.unknown}`] : lines(what.known);
  return [title, ...inner.map((line) => `  ${line}`)].join('\n');
}

function driftLines(drift: NonNullable<Extract<Status['stacks'], { known: unknown }>['known'][number]['drift']>) {
  if ('unknown' in drift) return [`  drift unknown: ${drift.unknown}`];
  if (drift.known.length === 0) return ['  as its template says'];
  return drift.known.map(({ id, type, is }) => `  ${id} (${type}) was ${is} by somebody`);
}

/** What the nodes of a group said; nothing where there are none. */
function saidLines(nodes: Status['nodes'], group: string): readonly string[] {
  const own = nodes && 'known' in nodes ? nodes.known.filter((node) => node.group === group) : [];
  return own.length === 0 ? [] : [`    when they were launched: ${saidWords(own)}`];
}

function counts(nodes: Readonly<Record<string, number>>): string {
  return (
    Object.entries(nodes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([state, number]) => `${number} ${state}`)
      .join(', ') || 'none there'
  );
}
