import * as Fn from 'cloudform-types/types/functions.js';
import { why } from './comments.ts';
import { and, type Condition, type ConditionExpression, type Presence } from './conditions.ts';
import { remember, rememberLike } from './frames.ts';
import { typed } from './intrinsics.ts';
import type { Given, ParameterOptions } from './parameter.ts';
import { certainReferences } from './references.ts';
import type {
  AnyHandle,
  NamedOptions,
  NamedResource,
  ParameterHandle,
  ResourceHandle,
  ResourceOptions,
  TypedResource,
  UnnamedResource,
} from './resource.ts';
import { tagged } from './tags.ts';
import { takenBranches } from './taken-branches.ts';
import type { Value } from './value.ts';

export type { AnyHandle, ParameterHandle, ResourceHandle, ResourceOptions } from './resource.ts';

/** A check over parameters that CloudFormation makes before it creates anything. */
export interface RuleOptions {
  readonly when?: ConditionExpression;
  readonly assertions: readonly { readonly assert: ConditionExpression; readonly description: string }[];
}

export interface OutputOptions {
  readonly description: string;
  readonly value: Value<string>;
  readonly condition?: Presence;
}

type Section = Record<string, object>;

/** Whose template it is, and what its Description says. */
export interface TemplateOptions {
  /** Every resource that takes tags carries it. */
  readonly project: string;
  readonly title: string;
}

/** A CloudFormation template in the making. Names that are given twice are a fault of ours and throw. */
export class Template {
  readonly #project: string;
  readonly #description: string;
  readonly #groups = new Map<string, string[]>();
  readonly #labels: Record<string, { default: string }> = {};
  readonly #parameters: Section = {};
  readonly #rules: Section = {};
  readonly #conditions: Section = {};
  readonly #resources: Section = {};
  readonly #outputs: Section = {};
  /** The conditions that others are made of: all are true where the other is. */
  readonly #parts = new Map<string, readonly string[]>();
  /** What resources wait for. */
  #first: readonly AnyHandle[] = [];
  /** Those that wait, with their conditions. */
  readonly #waiting = new Map<string, Presence>();

  constructor({ project, title }: TemplateOptions) {
    this.#project = project;
    this.#description = title;
  }

  /** @param writtenAs what says where the parameter was written, if that is not here */
  parameter<const P extends ParameterOptions>(name: string, options: P, writtenAs?: object): ParameterHandle<Given<P>> {
    const { group, label, ...declaration } = options;
    add(this.#parameters, name, declaration);
    if (writtenAs) rememberLike(declaration, writtenAs);
    this.#groups.set(group, [...(this.#groups.get(group) ?? []), name]);
    this.#labels[name] = { default: label };
    return { parameterName: name, ref: () => typed(Fn.Ref(name)) };
  }

  condition(name: string, expression: ConditionExpression): Condition {
    add(this.#conditions, name, expression);
    return { conditionName: name };
  }

  /** What is there where all of these are: a condition of this name where several conditions are among them. */
  allOf(name: string, presences: readonly [Condition, ...Presence[]]): Condition;
  allOf(name: string, presences: readonly Presence[]): Presence;
  allOf(name: string, presences: readonly Presence[]): Presence {
    const conditions = presences.filter((presence) => presence !== true);
    if (conditions.length < 2) return conditions[0] ?? true;
    this.#parts.set(
      name,
      conditions.map(({ conditionName }) => conditionName),
    );
    return this.condition(name, and(...conditions));
  }

  rule(name: string, { when, assertions }: RuleOptions): void {
    add(this.#rules, name, {
      ...(when && { RuleCondition: when }),
      Assertions: assertions.map(({ assert, description }) => ({ Assert: assert, AssertDescription: description })),
    });
  }

  /**
   * Every resource that is added from now on is made after these: one that refers to none that waits, whatever the
   * conditions, depends on them.
   */
  waitFor(...first: readonly AnyHandle[]): void {
    this.#first = first;
    this.#waiting.clear();
  }

  /** Adds a resource and, where its class takes tags, its tags. */
  resource<R extends NamedResource>(name: string, resource: R, options: NamedOptions): ResourceHandle<R>;
  resource<R extends UnnamedResource>(name: string, resource: R, options?: ResourceOptions): ResourceHandle<R>;
  resource<R extends TypedResource>(
    name: string,
    resource: R,
    options: ResourceOptions & Partial<NamedOptions> = {},
  ): ResourceHandle<R> {
    const properties = takenBranches(
      { ...resource.Properties, ...tagged(resource.tagging, this.#project, options.tag) },
      options.condition,
      this.#parts,
    );
    const dependsOn = this.#dependencies(name, properties, options);
    const declaration = {
      Type: resource.Type,
      ...underCondition(options.condition),
      ...(dependsOn.length > 0 && { DependsOn: dependsOn }),
      ...(options.deletionPolicy && { DeletionPolicy: options.deletionPolicy }),
      ...(options.updateReplacePolicy && { UpdateReplacePolicy: options.updateReplacePolicy }),
      ...(options.metadata && { Metadata: options.metadata }),
      Properties: properties,
    };
    add(this.#resources, name, options.comment === undefined ? declaration : why(options.comment, declaration));
    return {
      logicalId: name,
      ref: () => typed(Fn.Ref(name)),
      get: (attribute) => typed(Fn.GetAtt(name, attribute)),
    };
  }

  #dependencies(name: string, properties: object, options: ResourceOptions): readonly string[] {
    const { dependsOn = [], condition = true } = options;
    const given = dependsOn.map((handle) => handle.logicalId);
    if (this.#first.length === 0) return given;
    const waits = (id: string) => {
      const other = this.#waiting.get(id);
      return other === true || (other !== undefined && other === condition);
    };
    const isBehind = [...certainReferences({ properties, DependsOn: given })].some(waits);
    this.#waiting.set(name, condition);
    return isBehind ? given : [...new Set([...this.#first.map(({ logicalId }) => logicalId), ...given])];
  }

  /** @param writtenAs what says where the output was written, if that is not here */
  output(name: string, { description, value, condition }: OutputOptions, writtenAs?: object): void {
    const declaration = {
      Description: description,
      ...underCondition(condition),
      Value: takenBranches(value, condition, this.#parts),
    };
    add(this.#outputs, name, declaration);
    if (writtenAs) rememberLike(declaration, writtenAs);
  }

  /** Arranges the form anew: the groups, in order, with the names of their parameters. */
  arrange(form: (groups: ReadonlyMap<string, readonly string[]>) => ReadonlyMap<string, readonly string[]>): void {
    const arranged = [...form(this.#groups)];
    this.#groups.clear();
    for (const [title, names] of arranged) this.#groups.set(title, [...names]);
  }

  /** The template in CloudFormation's form and order; expressions are still cloudform's objects. */
  body(): object {
    const sections = {
      Parameters: this.#parameters,
      Rules: this.#rules,
      Conditions: this.#conditions,
      Resources: this.#resources,
      Outputs: this.#outputs,
    };
    return {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: this.#description,
      ...(this.#groups.size > 0 && { Metadata: { 'AWS::CloudFormation::Interface': this.#form() } }),
      ...Object.fromEntries(Object.entries(sections).filter(([, section]) => Object.keys(section).length > 0)),
    };
  }

  #form(): object {
    return {
      ParameterGroups: [...this.#groups].map(([label, names]) => ({ Label: { default: label }, Parameters: names })),
      ParameterLabels: this.#labels,
    };
  }
}

function underCondition(presence: Presence = true): { readonly Condition?: string } {
  return presence === true ? {} : { Condition: presence.conditionName };
}

function add(section: Section, name: string, declaration: object): void {
  if (name in section) throw new Error(`${name} is declared twice in one template`);
  section[name] = remember(declaration);
}
