import type { CompiledTemplate } from '../compile/compiled-template.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { checkVersion, releasePrefix, templatePath } from '../release/layout.ts';
import { objectUrl, type S3Target } from '../release/target.ts';
import type { StackName } from '../stacks/stack-name.ts';
import { checkParameters } from './check-parameters.ts';
import { quickCreateUrl } from './quick-create-url.ts';
import { parametersOf } from './template-parameter.ts';

/** Stands in links where there is no bucket yet. */
export const PLACEHOLDER_BUCKET = 'YOUR-BUCKET';

/** A link that opens the console's form for one stack of a release. */
export interface Link {
  readonly stack: StackName;
  readonly region: string;
  readonly url: string;
}

/** What of a template a link needs: its parameters are read only where values are filled in. */
export type LinkTemplate = Pick<CompiledTemplate, 'stack' | 'file' | 'value'>;

/** What links are made of. */
export interface LinksInput {
  /** Where releases are. */
  readonly target: Pick<S3Target, 'bucket' | 'region' | 'prefix'>;
  /** The release that the links are pinned to. */
  readonly version: string;
  /** Stacks are called `PROJECT-STACK`. */
  readonly project: string;
  /** The templates of the release; one link for each. */
  readonly templates: readonly LinkTemplate[];
  /** Regions of the console, as `checkedRegions` gives them. */
  readonly regions: readonly string[];
  /** Values to fill in. Default: none. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Makes quick-create links: for each region, for each template, in the order given.
 * @throws Refusal PL4001, PL5004 to PL5008, PL5013
 */
export function makeLinks({
  target,
  version,
  project,
  templates,
  regions,
  parameters = {},
}: LinksInput): readonly Link[] {
  checkVersion(version);
  const faults = checkParameters(templates, parameters);
  if (faults.length > 0) throw new Refusal(faults);
  const { bucket, region: bucketRegion, prefix } = target;
  return regions.flatMap((region) =>
    templates.map((template) => {
      const { stack, file } = template;
      const key = releasePrefix(version) + templatePath(file);
      const url = quickCreateUrl({
        region,
        // Always AWS's own address: CloudFormation reads templates from nowhere else.
        templateUrl: objectUrl({ kind: 's3', bucket, region: bucketRegion, prefix }, key),
        stackName: `${project}-${stack}`,
        parameters: parametersFor(template, parameters),
      });
      return { stack, region, url };
    }),
  );
}

/** Those of the values that the template has a parameter for. A template is decoded only when there are any. */
function parametersFor(template: LinkTemplate, values: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(values);
  if (given.length === 0) return {};
  const declared = parametersOf(template.value);
  return Object.fromEntries(given.filter(([name]) => Object.hasOwn(declared, name)));
}
