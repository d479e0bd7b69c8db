import type { Learnt } from './known.ts';

/** A stack of a project. */
export interface StackStatus {
  readonly name: string;
  readonly status: string;
  /** Of the release that it was made of; undefined where its template was of none, or does not say it. */
  readonly version: string | undefined;
  readonly changedAt: string | undefined;
  /** What is not as its template says; only where that was asked. */
  readonly drift?: Learnt<readonly DriftedResource[]>;
}

/** A resource that somebody changed beside its stack. */
export interface DriftedResource {
  readonly id: string;
  readonly type: string;
  readonly is: 'changed' | 'deleted';
}

/** The nodes of an instance group. */
export interface GroupStatus {
  readonly name: string;
  readonly type: string;
  readonly wanted: number;
  /** How many are in each state, such as Running. */
  readonly nodes: Readonly<Record<string, number>>;
}

/** A node that is there. */
export interface InstanceStatus {
  readonly id: string;
  readonly group: string;
  /** Milliseconds since 1970. */
  readonly launchedAt: number;
}

/** What a node's lifecycle script said when it ended: later only the node itself knows. */
export interface NodeStatus {
  readonly id: string;
  readonly group: string;
  /** Whether it joined the directory; undefined where its log says neither. */
  readonly joined: boolean | undefined;
  /** Codes of what it found wrong. */
  readonly codes: readonly string[];
}

export interface ClusterStatus {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  /** What SageMaker says of a failure; empty where it says nothing. */
  readonly failure: string;
  readonly groups: readonly GroupStatus[];
  readonly instances: readonly InstanceStatus[];
}

export interface CertificateStatus {
  readonly arn: string;
  readonly host: string;
  readonly endsAt: string;
  readonly daysLeft: number;
}

/** A password that a stack keeps in a secret; never the password itself. */
export interface PasswordStatus {
  readonly secret: string;
  /** Days since it was set. */
  readonly age: number;
  /** When it is rotated next, where a rotation is set up. */
  readonly rotatesAt: string | undefined;
}

/** A target behind the load balancer: a domain controller. */
export interface TargetStatus {
  readonly group: string;
  readonly target: string;
  readonly health: string;
  /** Why it is not healthy; empty where it is. */
  readonly reason: string;
}

/** How a project is. */
export interface Status {
  readonly region: string;
  readonly project: string;
  readonly stacks: Learnt<readonly StackStatus[]>;
  /** Without a cluster none of these is there. */
  readonly cluster?: Learnt<ClusterStatus>;
  readonly nodes?: Learnt<readonly NodeStatus[]>;
  readonly certificate?: Learnt<CertificateStatus>;
  readonly passwords: readonly (Learnt<PasswordStatus> & { readonly id: string })[];
  readonly targets?: Learnt<readonly TargetStatus[]>;
  /** The release that the channel names, where it is another than the stacks'. */
  readonly newer?: Learnt<{ readonly channel: string; readonly version: string; readonly isNewer: boolean }>;
}

/** Days before its end from which a certificate is a problem. */
const SOON = 14;

/** What is wrong for certain, in sentences; what is unknown is not wrong. */
export function problemsOf({ stacks, cluster, certificate, targets }: Status): readonly string[] {
  const found: string[] = [];
  if ('unknown' in stacks) found.push(`The stacks cannot be read: ${stacks.unknown}`);
  else
    for (const { name, status, drift } of stacks.known) {
      if (/FAILED|ROLLBACK_COMPLETE/.test(status) && status !== 'UPDATE_ROLLBACK_COMPLETE')
        found.push(`The stack ${name} is ${status}.`);
      if (drift && 'known' in drift && drift.known.length > 0)
        found.push(`${drift.known.length} resources of ${name} are not as its template says.`);
    }
  if (cluster && 'known' in cluster && cluster.known.status === 'Failed')
    found.push(`The cluster ${cluster.known.name} has failed. ${cluster.known.failure}`.trimEnd());
  if (certificate && 'known' in certificate && certificate.known.daysLeft < SOON)
    found.push(`The certificate of ${certificate.known.host} ends in ${certificate.known.daysLeft} days.`);
  if (targets && 'known' in targets && !targets.known.some(({ health }) => health === 'healthy'))
    found.push('No domain controller answers the load balancer: nobody can log in for the first time.');
  return found;
}
