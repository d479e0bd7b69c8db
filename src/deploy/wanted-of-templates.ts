import { resolved } from '../document/resolved.ts';
import type { Json } from '../document/template-document.ts';
import { type Wanted, type WantedGroup, wantedOf } from '../functions/preflight/wanted.ts';

type Values = Readonly<Record<string, string>>;

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type?: string; readonly Properties?: unknown }>>;
}

interface ClusterProperties {
  readonly ClusterName: string;
  readonly InstanceGroups: readonly Group[];
}

/** A group of the cluster as its template has it, worked out. */
interface Group {
  readonly InstanceGroupName: string;
  readonly InstanceType: string;
  readonly InstanceCount: number | string;
  readonly TrainingPlanArn?: string;
  readonly CapacityRequirements?: { readonly Spot?: unknown };
  readonly InstanceStorageConfigs?: readonly {
    readonly EbsVolumeConfig?: { readonly VolumeSizeInGB?: number | string };
  }[];
}

/**
 * What the stacks of templates will ask of the account, for preflight; undefined where the templates do not say it: those
 * that make a part only, or of another release of podlaunch.
 * @param templates that are deployed, in their order
 * @param values of their parameters, where they differ from the defaults
 */
export function wantedOfTemplates(
  templates: readonly { readonly stack: string; readonly value: Json | undefined }[],
  values: Values,
  region: string,
): Wanted | undefined {
  try {
    return ofLaunchpad(templates, values, region) ?? ofSmallStacks(templates, values, region);
  } catch {
    // A function of CloudFormation that podlaunch does not work out: the stack's own checks are still to come.
    return undefined;
  }
}

/** A stack of everything has preflight as its first resource, and that has all that it looks at. */
function ofLaunchpad(templates: Parameters<typeof wantedOfTemplates>[0], values: Values, region: string) {
  for (const { value } of templates) {
    const preflight = (value as Template | undefined)?.Resources?.['Preflight'];
    if (preflight)
      return wantedOf(resolved(value, preflight.Properties, values) as Parameters<typeof wantedOf>[0], region);
  }
  return undefined;
}

function ofSmallStacks(
  templates: Parameters<typeof wantedOfTemplates>[0],
  values: Values,
  region: string,
): Wanted | undefined {
  const of = (name: string) => templates.find(({ stack }) => stack === name)?.value;
  const [prerequisites, directory, cluster] = [of('prerequisites'), of('directory'), of('cluster')];
  const made = Object.values((cluster as Template | undefined)?.Resources ?? {}).find(
    ({ Type }) => Type === 'AWS::SageMaker::Cluster',
  );
  if (prerequisites === undefined || directory === undefined || made === undefined) return undefined;
  const { ClusterName, InstanceGroups } = resolved(cluster, made.Properties, values) as ClusterProperties;
  const parameter = (template: Json, name: string): string => String(resolved(template, { Ref: name }, values));
  const zones = [parameter(prerequisites, 'ClusterZoneId'), parameter(prerequisites, 'SecondZoneId')];
  const certificate = parameter(directory, 'CertificateArn');
  return {
    region,
    cluster: { name: ClusterName, groups: InstanceGroups.map(groupOf) },
    before: undefined,
    zones: zones.filter((zone) => zone !== ''),
    network: undefined,
    makesRoutes: true,
    addresses: 1,
    directory: {
      domain: parameter(directory, 'DomainName'),
      isMade: parameter(directory, 'ExistingAddress1') === '',
    },
    certificateArn: certificate.startsWith('arn:') ? certificate : undefined,
    admin: undefined,
  };
}

function groupOf(group: Group): WantedGroup {
  const disk = (group.InstanceStorageConfigs ?? []).find(({ EbsVolumeConfig }) => EbsVolumeConfig !== undefined);
  return {
    name: group.InstanceGroupName,
    type: group.InstanceType,
    count: Number(group.InstanceCount),
    disk: Number(disk?.EbsVolumeConfig?.VolumeSizeInGB ?? 0),
    plan: group.TrainingPlanArn ?? '',
    capacity: group.CapacityRequirements?.Spot === undefined ? 'OnDemand' : 'Spot',
  };
}
