/** Kinds of HyperPod Slurm node, by AWS::SageMaker::Cluster's SlurmConfig.NodeType. */
export const NODE_TYPES = ['Controller', 'Login', 'Compute'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** A directory group, and what its members may do. */
export interface DirectoryGroup {
  readonly name: string;
  readonly logIn: readonly NodeType[];
  readonly sudo: boolean;
}

/** A HyperPod instance group; `disk` is an extra EBS volume in GiB, 0 for none. */
export interface InstanceGroup {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly disk: number;
}

/** An instance group of workers in one Slurm partition. */
export interface WorkerGroup extends InstanceGroup {
  readonly partition: string;
}

/**
 * podlaunch.yaml, complete: what the file leaves out has its default (see defaults.ts). What a launcher may change is
 * a template parameter with the value given here as its default; what shapes the templates is compiled in.
 */
export interface Config {
  readonly project: { readonly name: string };
  readonly publish: {
    /** `s3://BUCKET/PREFIX`, or a folder. */
    readonly to?: string;
    /** The bucket's region. */
    readonly region?: string;
    readonly endpointUrl?: string;
    /** `public`, `org:o-…` or `accounts:ID,ID`. */
    readonly audience: string;
    readonly channel: string;
    /** Account id that must own the bucket. */
    readonly expectedBucketOwner?: string;
  };
  readonly release: { readonly version?: string };
  /** Folder of the scripts that run on the nodes; podlaunch's own when left out. */
  readonly lifecycleScripts?: string;
  readonly network: { readonly cidr: string };
  readonly directory: {
    readonly domain: string;
    readonly shortName: string;
    readonly edition: 'Standard' | 'Enterprise';
    readonly groups: readonly DirectoryGroup[];
  };
  readonly cluster: {
    readonly name: string;
    readonly controller: InstanceGroup;
    /** null: no login nodes. */
    readonly login: InstanceGroup | null;
    readonly workers: readonly WorkerGroup[];
  };
  /** How nodes behave: the optional keys of lifecycle-scripts/node-settings.schema.json, same names and meanings. */
  readonly nodes: {
    readonly passwordLogin: boolean;
    readonly expiredPassword: 'refuse-password' | 'refuse-all';
    readonly joinFailure: 'retry' | 'fail';
    readonly userMetadataAccess: 'closed' | 'open';
    readonly slurmAccounts: boolean;
    readonly loginNodeJobs: boolean;
    readonly revokedJobs: 'finish' | 'cancel';
    readonly endSessions: boolean;
    readonly sshKeyPair: boolean;
    readonly entryCacheSeconds: number;
    readonly offlineSeconds: number;
    readonly connectionExpireSeconds: number;
    readonly refreshSeconds: number;
  };
  readonly storage: {
    /** Whether the prerequisites make a file system for Lustre unless the launcher says otherwise. */
    readonly create: boolean;
    /** GiB: 1200, or a multiple of 2400. */
    readonly capacity: number;
    /** MB/s per TiB. */
    readonly throughput: 125 | 250 | 500 | 1000;
    readonly compression: 'LZ4' | 'NONE';
    readonly version: '2.12' | '2.15';
    /** Whether it speaks EFA and GPUDirect Storage. */
    readonly efa: boolean;
    /** Days for which daily backups are kept; 0 for none. */
    readonly backupDays: number;
    /** Where nodes mount it. */
    readonly mountPath: string;
  };
  /** Whether the file system and the directory outlive their stacks. */
  readonly retain: boolean;
}
