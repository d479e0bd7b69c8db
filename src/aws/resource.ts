import type { ResourceBase } from 'cloudform-types/types/resource.js';
import type { Presence } from './conditions.ts';
import type { Tagging } from './tags.ts';
import type { Expression } from './value.ts';

/** A resource class as the generator writes it: it says what Ref and GetAtt give, and how it takes tags. */
export interface TypedResource extends ResourceBase<object> {
  readonly refValue: unknown;
  readonly attributes: object;
  readonly tagging?: Tagging;
}

/** A resource whose tags say its name. */
export interface NamedResource extends TypedResource {
  readonly tagging: Tagging & { readonly form: 'list' };
}

/** A resource without a tag for its name. */
export interface UnnamedResource extends TypedResource {
  readonly tagging?: Tagging & { readonly form: 'map' };
}

/** A resource of a template: the only way to refer to it. */
export interface ResourceHandle<R extends TypedResource> {
  readonly logicalId: string;
  ref(): Expression<R['refValue']>;
  get<A extends keyof R['attributes'] & string>(attribute: A): Expression<R['attributes'][A]>;
}

/** Any resource of a template, whatever its type: for DependsOn. */
export interface AnyHandle {
  readonly logicalId: string;
}

/** A parameter of a template. */
export interface ParameterHandle<T> {
  readonly parameterName: string;
  ref(): Expression<T>;
}

/** Attributes of a resource beside its properties. */
export interface ResourceOptions {
  /** Emitted above the resource: what it is for. */
  readonly comment?: string;
  readonly condition?: Presence;
  readonly dependsOn?: readonly AnyHandle[];
  readonly deletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
  readonly updateReplacePolicy?: 'Delete' | 'Retain' | 'Snapshot';
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What a resource is called in the console: its tag Name is the project, a hyphen and this. */
export interface NamedOptions extends ResourceOptions {
  readonly tag: string;
}
