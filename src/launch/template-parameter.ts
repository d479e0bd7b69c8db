import { patternMatcher } from '../document/pattern-match.ts';
import type { Json } from '../document/template-document.ts';

/** A parameter as a template declares it. */
export interface TemplateParameter {
  readonly Type: string;
  readonly NoEcho?: boolean | string;
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly ConstraintDescription?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
}

/** The parameters of a template, by name. */
export function parametersOf(template: Json | undefined): Readonly<Record<string, TemplateParameter>> {
  const { Parameters = {} } = (template ?? {}) as { readonly Parameters?: Record<string, TemplateParameter> };
  return Parameters;
}

/**
 * Whether only the launcher can know the value: it is an id or an ARN, its label says which output of an earlier stack
 * belongs in it, or it is the release's place, which publishing has compiled in. docs/launcher.md tells launchers that no link but
 * their own stack's NextLink fills these in.
 */
export function isLaunchersOwn(template: Json | undefined, name: string): boolean {
  const parameter = parametersOf(template)[name];
  if (parameter === undefined) return false;
  const { Metadata } = template as { readonly Metadata?: { readonly [key: string]: Interface | undefined } };
  const label = Metadata?.['AWS::CloudFormation::Interface']?.ParameterLabels?.[name]?.default ?? '';
  const isId = parameter.Type.startsWith('AWS::') || name.endsWith('Arn');
  return isId || label.endsWith(` (${name})`) || /^Release[A-Z]/.test(name);
}

interface Interface {
  readonly ParameterLabels?: Readonly<Record<string, { readonly default?: string }>>;
}

/** CloudFormation's limit for the value of a parameter, in bytes. */
const MAX_BYTES = 4096;

/** What the ids of EC2 look like. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC::Id': 'vpc',
  'AWS::EC2::Subnet::Id': 'subnet',
  'AWS::EC2::SecurityGroup::Id': 'sg',
};

/** Why CloudFormation would refuse a value for a parameter; undefined when it would not. */
export function refusalOfValue(parameter: TemplateParameter, value: string): string | undefined {
  if (Buffer.byteLength(value) > MAX_BYTES) return `it is longer than ${MAX_BYTES} bytes`;
  if (/[\ud800-\udfff]/u.test(value)) return 'it is not text';
  const list =
    /^List<(.*)>$/.exec(parameter.Type)?.[1] ?? (parameter.Type === 'CommaDelimitedList' ? 'String' : undefined);
  if (list === undefined) return refusalOfOne(parameter, parameter.Type, value);
  const members = value.split(',').map((member) => member.trim());
  return members.map((member) => refusalOfOne(parameter, list, member)).find((reason) => reason !== undefined);
}

function refusalOfOne(parameter: TemplateParameter, type: string, value: string): string | undefined {
  const { AllowedValues, AllowedPattern, MinLength = 0, MaxLength = Number.POSITIVE_INFINITY } = parameter;
  if (AllowedValues && !AllowedValues.map(String).includes(value)) return `allowed are ${AllowedValues.join(', ')}`;
  // Of a pattern that takes too long nobody can tell: CloudFormation will.
  if (AllowedPattern !== undefined && patternMatcher().matches(AllowedPattern, value) === false) {
    return `it does not match ${AllowedPattern}`;
  }
  const length = [...value].length;
  if (length < MinLength || length > MaxLength) return `it must have ${MinLength} to ${MaxLength} characters`;
  const prefix = ID_PREFIXES[type];
  if (prefix !== undefined && !new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(value)) {
    return `it must be an id such as ${prefix}-0123456789abcdef0`;
  }
  return type === 'Number' ? refusalOfNumber(parameter, value) : undefined;
}

function refusalOfNumber({ MinValue, MaxValue }: TemplateParameter, value: string): string | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) return 'it must be a number';
  if (MinValue !== undefined && Number(value) < Number(MinValue)) return `it must be at least ${MinValue}`;
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) return `it must be at most ${MaxValue}`;
  return undefined;
}
