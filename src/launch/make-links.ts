import type { CompiledTemplate } from '../compile/compiled-template.ts';
import { type Refusal, refuse, throwFaults } from '../diagnostics/refusal.ts';
import { checkVersion } from '../release/layout.ts';
import { type S3Target, templateUrl } from '../release/target.ts';
import { type StackName, templateFile } from '../stacks/stack-name.ts';
import { checkParameters } from './check-parameters.ts';
import { quickCreateUrl, updateUrl } from './quick-create-url.ts';
import { parametersOf } from './template-parameter.ts';

/** Stands in links where there is no bucket yet. */
export const PLACEHOLDER_BUCKET = 'YOUR-BUCKET';

/** A link that opens the console's form for one stack of a release. */
export interface Link {
  /** Whether the form makes a stack, or updates one that is there. */
  readonly action: 'create' | 'update';
  readonly stack: StackName;
  readonly region: string;
  readonly url: string;
}

/** What of a template a link needs; the value only where parameters are filled in. */
export type LinkTemplate = Pick<CompiledTemplate, 'stack' | 'file' | 'value'>;

/** The template of a stack for a link that nothing is filled in of: nobody compiles or reads it. */
export function unreadTemplate(stack: StackName): LinkTemplate {
  return { stack, file: templateFile(stack), value: undefined };
}

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
  /** Whether the links update stacks that are there. Default: `false`. */
  readonly update?: boolean;
  /** Values to fill in. Default: none. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Makes quick-create links, or links for updates: for each region, for each template, in the order given.
 * @throws Refusal PL4001, PL5004 to PL5008, PL5013, PL5023 for values in links for updates
 */
export function makeLinks({
  target,
  version,
  project,
  templates,
  regions,
  update = false,
  parameters = {},
}: LinksInput): readonly Link[] {
  checkVersion(version);
  throwFaults(checkParameters(templates, parameters));
  if (update && Object.keys(parameters).length > 0) throw noValues();
  return regions.flatMap((region) =>
    templates.map((template) => {
      const { stack, file } = template;
      const link = { region, templateUrl: templateUrl(target, version, file), stackName: `${project}-${stack}` };
      if (update) return { action: 'update', stack, region, url: updateUrl(link) };
      const url = quickCreateUrl({ ...link, parameters: parametersFor(template, parameters) });
      return { action: 'create', stack, region, url };
    }),
  );
}

function noValues(): Refusal {
  return refuse({
    code: 'PL5023',
    message: 'The console fills no values into the form of an update: it shows those that the stack has.',
    hint: 'Leave out --param. podlaunch deploy updates a stack with other values.',
  });
}

/** Those of the values that the template has a parameter for. A template is decoded only when there are any. */
function parametersFor(template: LinkTemplate, values: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(values);
  if (given.length === 0) return {};
  const declared = parametersOf(template.value);
  return Object.fromEntries(given.filter(([name]) => Object.hasOwn(declared, name)));
}
