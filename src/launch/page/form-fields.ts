import type { Json } from '../../document/template-document.ts';
import type { PageField } from '../lines/field.ts';
import { parametersOf, type TemplateParameter } from '../template-parameter.ts';
import { useOf } from './prefill.ts';
import { isQuickPattern } from './quick-pattern.ts';

/** CloudFormation's limit for the value of a parameter. */
const MOST = 4096;

/** A field with what people read beside it. */
export interface ShownField extends PageField {
  readonly label: string;
  readonly about: string;
}

/** A group of the console's form: what of it the page asks for, and what it leaves to the console. */
export interface PageGroup {
  readonly title: string;
  readonly fields: readonly ShownField[];
  /** Labels of the parameters that the console asks for. */
  readonly rest: readonly string[];
}

/** The form of a template: its parameters with its own groups, labels, texts, patterns and defaults. */
export function formGroups(template: Json | undefined): readonly PageGroup[] {
  const parameters = parametersOf(template);
  const { ParameterGroups = [], ParameterLabels = {} } = interfaceOf(template);
  const plain = (name: string) => ParameterLabels[name]?.default ?? name;
  return ParameterGroups.map(({ Label, Parameters = [] }) => {
    const names = Parameters.filter((name) => Object.hasOwn(parameters, name));
    // What one group calls by one label is told apart by the parameters' names.
    const label = (name: string) => {
      const isAmbiguous = names.some((other) => other !== name && plain(other) === plain(name));
      return isAmbiguous ? `${plain(name)} (${name})` : plain(name);
    };
    const isRest = (name: string) => useOf(template, name) === 'console';
    return {
      title: Label?.default ?? '',
      fields: names
        .filter((name) => !isRest(name))
        .map((name) => ({ ...formField(template, name, parameters[name]!), label: label(name) })),
      rest: names.filter(isRest).map(label),
    };
  });
}

function formField(template: Json | undefined, name: string, parameter: TemplateParameter): Omit<ShownField, 'label'> {
  const { Default, AllowedPattern, AllowedValues, MinValue, MaxValue, MaxLength, MinLength } = parameter;
  const isNumber = parameter.Type === 'Number';
  const pattern = typeof AllowedPattern === 'string' && isQuickPattern(AllowedPattern) ? AllowedPattern : undefined;
  return {
    name,
    most: Math.min(Number(MaxLength ?? MOST), MOST),
    ...(MinLength !== undefined && { least: Number(MinLength) }),
    ...(pattern !== undefined && { pattern }),
    ...(Array.isArray(AllowedValues) && { values: AllowedValues.map(String) }),
    ...(isNumber && !AllowedValues && { range: [Number(MinValue ?? 0), Number(MaxValue ?? 1e15)] as const }),
    ...(Default !== undefined && { default: String(Default) }),
    advice: parameter.ConstraintDescription ?? 'The template does not take this value.',
    ...(useOf(template, name) === 'personal' && { personal: true as const }),
    about: typeof parameter['Description'] === 'string' ? parameter['Description'] : '',
  };
}

interface Interface {
  readonly ParameterGroups?: readonly {
    readonly Label?: { readonly default?: string };
    readonly Parameters?: readonly string[];
  }[];
  readonly ParameterLabels?: Readonly<Record<string, { readonly default?: string }>>;
}

function interfaceOf(template: Json | undefined): Interface {
  const { Metadata } = (template ?? {}) as { readonly Metadata?: Readonly<Record<string, Interface | undefined>> };
  return Metadata?.['AWS::CloudFormation::Interface'] ?? {};
}
