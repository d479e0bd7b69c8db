import { type Condition, type ConditionExpression, equals, not } from './conditions.ts';
import type { ParameterOptions } from './parameter.ts';
import { optional, type ParameterPattern } from './patterns.ts';
import type { RuleOptions, Template } from './template.ts';
import type { Expression } from './value.ts';

/** A field of the form: CloudFormation's own keys, in the order in which they are emitted. */
type Field = Omit<ParameterOptions, 'group' | 'Type'>;
type TextField = Field & ParameterPattern;
type ChoiceField = Omit<Field, 'Default' | 'AllowedValues'>;

/** A text that may be left empty, and whether it was given. */
export interface OptionalText {
  readonly value: Expression<string>;
  readonly given: Condition;
}

/** A group of the console's form. Each method declares a parameter of one kind and gives its value. */
export interface Form {
  /** A parameter as it is written elsewhere. */
  parameter(name: string, options: Omit<ParameterOptions, 'group'>): Expression<string>;
  /** A text with a pattern; asked for where it has no default. */
  text(name: string, field: TextField): Expression<string>;
  /** A text that may be left empty. */
  optional(name: string, field: TextField): Expression<string>;
  /** A text that may be left empty, with a condition of the name `given` that says whether it was not. */
  optional(name: string, field: TextField & { readonly given: string }): OptionalText;
  number(name: string, field: Field & { readonly Default: number }): Expression<number>;
  /** One of a few values. */
  choice<const V extends string | number>(
    name: string,
    field: ChoiceField & { readonly values: readonly V[]; readonly Default: V },
  ): Expression<V>;
  flag(name: string, field: ChoiceField & { readonly Default: boolean }): Expression<'true' | 'false'>;
  condition(name: string, expression: ConditionExpression): Condition;
  rule(name: string, options: RuleOptions): void;
  /** A group with another title in the same place of the form. */
  titled(title: string): Form;
}

/** Opens a group of the form, with its title. */
export function form(template: Template, group: string): Form {
  const add = (name: string, options: Omit<ParameterOptions, 'group'>): Expression<never> =>
    template.parameter(name, { ...options, group }).ref() as Expression<never>;
  const choice = <V extends string | number>(
    name: string,
    { label, Description, values, Default, ...more }: ChoiceField & { values: readonly V[]; Default: V },
  ) =>
    add(name, {
      Type: typeof Default === 'number' ? 'Number' : 'String',
      label,
      Description,
      Default,
      AllowedValues: values,
      ConstraintDescription: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`,
      ...more,
    });
  return {
    parameter: add,
    text: (name, field) => add(name, { Type: 'String', ...field }),
    optional: ((name: string, { given, ...field }: TextField & { readonly given?: string }) => {
      const value = add(name, { Type: 'String', ...optionalField(field) });
      return given === undefined ? value : { value, given: template.condition(given, not(equals(value, ''))) };
    }) as Form['optional'],
    number: (name, field) => add(name, { Type: 'Number', ...field }),
    choice,
    flag: (name, field) =>
      choice(name, { ...field, values: ['true', 'false'], Default: field.Default ? 'true' : 'false' }),
    condition: (name, expression) => template.condition(name, expression),
    rule: (name, options) => template.rule(name, options),
    titled: (title) => form(template, title),
  };
}

/** The field of a text that may be left empty: it says so, has an empty default, and its pattern admits that. */
export function optionalField({
  label,
  Description,
  Default = '',
  AllowedPattern,
  ConstraintDescription,
  ...more
}: TextField): TextField & { readonly Default: string | number } {
  const pattern = optional({ AllowedPattern, ConstraintDescription });
  return { label, Description: `Optional - ${Description}`, Default, ...more, ...pattern };
}
