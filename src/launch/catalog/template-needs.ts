import type { Json } from '../../document/template-document.ts';

/** What the templates of a product make, as far as a launch role depends on it. */
export interface TemplateNeeds {
  /** The types of their resources, sorted. */
  readonly types: readonly string[];
  /** The services that their roles trust, which the roles are passed to; sorted. */
  readonly services: readonly string[];
  /** Names of AWS's public parameters that they read an image from, sorted. */
  readonly images: readonly string[];
  /** Logical ids of what CloudFormation names by them: secrets and parameters without a name of their own. */
  readonly named: { readonly secrets: readonly string[]; readonly parameters: readonly string[] };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Name?: Json;
    readonly AssumeRolePolicyDocument?: { readonly Statement: readonly Trust[] };
  };
}

interface Trust {
  readonly Principal?: { readonly Service?: string | readonly string[] };
}

/** Looks through templates that podlaunch compiled for what a launch role must allow. */
export function templateNeeds(templates: readonly (Json | undefined)[]): TemplateNeeds {
  const resources = templates.flatMap((template) => Object.entries(resourcesOf(template)));
  const unnamed = (type: string) =>
    unique(resources.filter(([, one]) => one.Type === type && one.Properties?.Name === undefined).map(([id]) => id));
  return {
    types: unique(resources.map(([, { Type }]) => Type)),
    services: unique(
      resources
        .flatMap(([, { Properties }]) => Properties?.AssumeRolePolicyDocument?.Statement ?? [])
        .flatMap(({ Principal }) => Principal?.Service ?? []),
    ),
    images: unique(
      [...JSON.stringify(templates).matchAll(/\{\{resolve:ssm:(\/aws\/service\/[^}]+)\}\}/g)].map(([, name]) => name!),
    ),
    named: { secrets: unnamed('AWS::SecretsManager::Secret'), parameters: unnamed('AWS::SSM::Parameter') },
  };
}

function resourcesOf(template: Json | undefined): Readonly<Record<string, Resource>> {
  return (template as { readonly Resources?: Record<string, Resource> } | undefined)?.Resources ?? {};
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
