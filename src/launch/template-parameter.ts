import type { JsonObject } from '../document/intrinsics.ts';
import type { Json } from '../document/template-document.ts';

/** A parameter as a template declares it. */
export type TemplateParameter = JsonObject & {
  readonly Type: string;
  readonly NoEcho?: boolean | string;
  readonly Default?: string | number;
  readonly ConstraintDescription?: string;
};

/** The parameters of a template, by name. */
export function parametersOf(template: Json | undefined): Readonly<Record<string, TemplateParameter>> {
  const { Parameters = {} } = (template ?? {}) as { readonly Parameters?: Record<string, TemplateParameter> };
  return Parameters;
}

/** Whether the value of a parameter must not be seen. */
export function hasNoEcho(parameter: TemplateParameter | undefined): boolean {
  return String(parameter?.NoEcho) === 'true';
}

/**
 * Whether only the launcher can know the value: it is an id or an ARN, its label says which output of an earlier stack
 * belongs in it, it says who is the first administrator or whose keys a bastion takes, or it is the release's place, which publishing has compiled in. docs/launcher.md tells launchers that no link but
 * their own stack's NextLink fills these in.
 */
export function isLaunchersOwn(template: Json | undefined, name: string): boolean {
  const parameter = parametersOf(template)[name];
  if (parameter === undefined) return false;
  const label = labelsOf(template)[name] ?? '';
  const isId = parameter.Type.startsWith('AWS::') || name.endsWith('Arn');
  return (
    isId ||
    label.endsWith(` (${name})`) ||
    /^(?:Release[A-Z]|Existing\w+Id$|Admin(?:User|PublicKey)$|BastionKeys$)/.test(name)
  );
}

/** What the console's form calls the parameters of a template, by name. */
export function labelsOf(template: Json | undefined): Readonly<Record<string, string | undefined>> {
  const { Metadata } = (template ?? {}) as { readonly Metadata?: { readonly [key: string]: Interface | undefined } };
  const labels = Object.entries(Metadata?.['AWS::CloudFormation::Interface']?.ParameterLabels ?? {});
  return Object.fromEntries(labels.map(([name, label]) => [name, label.default]));
}

interface Interface {
  readonly ParameterLabels?: Readonly<Record<string, { readonly default?: string }>>;
}
