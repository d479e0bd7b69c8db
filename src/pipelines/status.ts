import type { AwsPlace } from '../cloud/place.ts';
import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import { resourcesOf } from '../deploy/resources.ts';
import { openStacks, type StackNow, type Stacks } from '../deploy/stacks.ts';
import { readLogs } from '../logs/read-logs.ts';
import { readRelease } from '../publish/release-reader.ts';
import { isOlder } from '../release/is-older.ts';
import { parseTarget } from '../release/target.ts';
import { clusterStatus } from '../status/cluster-status.ts';
import { learn } from '../status/known.ts';
import { nodeLogGroup, nodesSaid, SAID_BY_NODES } from '../status/node-status.ts';
import { certificateStatus, passwordStatus } from '../status/secrets-status.ts';
import { driftOf, statusOfStack, versionOf } from '../status/stack-status.ts';
import type { ClusterStatus, NodeStatus, Status } from '../status/status.ts';
import { targetStatus } from '../status/target-status.ts';
import { projectStacks } from './deploy-order.ts';

/** Whose status is asked. */
export interface StatusOptions {
  /** Stacks are called `STACKNAME-STACK`. Default: the project's name. */
  readonly stackName?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  /** The channel that is looked at for a newer release. Default: of the configuration. */
  readonly channel?: string;
  readonly audience?: string;
  /** Whether CloudFormation compares each stack with its template, which takes minutes. */
  readonly drift?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: now. */
  readonly now?: number;
}

/** Looks at all that belongs to a project, side by side. What cannot be read is unknown, with the reason; nothing is thrown. */
export async function status(config: Config, options: StatusOptions): Promise<Status> {
  const { stackName: project = config.project.name, endpointUrl, drift = false, now = Date.now() } = options;
  const region = chooseRegion(options.region, options.env);
  const place = { region, endpointUrl };
  const stacks = await openStacks(place);
  try {
    const found = await learn(() => projectStacks(stacks, project));
    if ('unknown' in found) return { region, project, stacks: found, passwords: [] };
    const outputs: Readonly<Record<string, string>> = Object.assign({}, ...found.known.map((stack) => stack.outputs));
    const resources = await learn(async () =>
      (await Promise.all(found.known.map(({ id }) => resourcesOf(stacks, id)))).flat(),
    );
    const ofType = (type: string) =>
      'known' in resources ? resources.known.filter((one) => one.type === type && one.physicalId !== '') : [];
    const { ClusterArn: cluster, CertificateArn: certificate } = outputs;
    const groups = ofType('AWS::ElasticLoadBalancingV2::TargetGroup').map(({ physicalId }) => physicalId);
    const [stackList, clusterNow, certificateNow, passwords, targets, newer] = await Promise.all([
      Promise.all(found.known.map((stack) => oneStack(stacks, stack, drift))),
      cluster ? learn(() => clusterStatus(cluster, place)) : undefined,
      certificate ? learn(() => certificateStatus(certificate, place, now)) : undefined,
      Promise.all(
        ofType('AWS::SecretsManager::Secret')
          .filter(({ id }) => /AdminSecret|BindSecret|Password/.test(id))
          .map(async ({ id, physicalId }) => ({ id, ...(await learn(() => passwordStatus(physicalId, place, now))) })),
      ),
      groups.length > 0 ? learn(() => targetStatus(groups, place)) : 'unknown' in resources ? resources : undefined,
      newerRelease(found.known, config, options),
    ]);
    const nodes =
      clusterNow && 'known' in clusterNow ? await learn(() => saidByNodes(clusterNow.known, place)) : undefined;
    return {
      ...{ region, project, stacks: { known: stackList }, passwords },
      ...(clusterNow && { cluster: clusterNow }),
      ...(nodes && { nodes }),
      ...(certificateNow && { certificate: certificateNow }),
      ...(targets && { targets }),
      ...(newer && { newer }),
    };
  } finally {
    stacks.close();
  }
}

/** What the lifecycle scripts of the nodes that are there now said in CloudWatch. */
async function saidByNodes({ name, arn, instances }: ClusterStatus, place: AwsPlace): Promise<readonly NodeStatus[]> {
  if (instances.length === 0) return [];
  const since = Math.min(...instances.map(({ launchedAt }) => launchedAt));
  const wanted = { groups: [nodeLogGroup(name, arn)], prefixes: [], since, only: SAID_BY_NODES };
  const [group] = await readLogs(wanted, place);
  return nodesSaid(instances, group?.lines ?? []);
}

async function oneStack(stacks: Stacks, stack: StackNow, drift: boolean) {
  return { ...statusOfStack(stack), ...(drift && { drift: await learn(() => driftOf(stacks, stack.id)) }) };
}

/** What the channel names, at the place that the stacks' own release came from; undefined where they are of none. */
async function newerRelease(
  all: readonly StackNow[],
  config: Config,
  options: StatusOptions,
): Promise<Status['newer']> {
  const of = all.find(({ parameters }) => versionOf(parameters) !== undefined);
  if (of === undefined) return undefined;
  const { ReleaseBucketName = '', ReleaseBucketRegion = '', ReleaseKeyPrefix = '' } = of.parameters;
  const channel = options.channel ?? config.publish.channel;
  const own = all.map(({ parameters }) => versionOf(parameters)).filter((version) => version !== undefined);
  return learn(async () => {
    const prefix = ReleaseKeyPrefix.replace(/releases\/[^/]+\/$/, '');
    const place = { region: ReleaseBucketRegion, endpointUrl: options.endpointUrl };
    const target = parseTarget(`s3://${ReleaseBucketName}/${prefix}`, place);
    const readers = { pin: { channel }, audience: options.audience ?? config.publish.audience };
    const { version } = (await readRelease(target, readers, () => [])).manifest;
    // Of versions that nobody can compare, another one is what the publisher wants launchers to have.
    const isNewer = own.some((one) => one !== version && !isOlder(version, one));
    return { channel, version, isNewer };
  });
}
