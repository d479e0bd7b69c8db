import type { Path } from '../diagnostics/diagnostic.ts';
import type { Json } from '../document/template-document.ts';

/** Whether something happens at an update: surely, only for some values or states, or not. */
export type Chance = 'yes' | 'maybe' | 'no';

/** A value that differs. `before` is undefined where it is new, `after` where it is gone. */
export interface ValueChange {
  /** From the properties of a resource, or from the entry of a section. */
  readonly path: Path;
  readonly before?: Json;
  readonly after?: Json;
}

/** A property that differs, or that another change reaches. */
export interface PropertyChange extends ValueChange {
  /** Whether it gets another value at all. */
  readonly chance: Exclude<Chance, 'no'>;
  /** Whether the resource is replaced for it. */
  readonly replaces: Chance;
  /** What changes it where its text is the same: `Vpc is replaced`. */
  readonly because?: string;
}

/**
 * What an update does to a resource. `refuse`: CloudFormation refuses it, because a logical id keeps its type.
 * `toggle`: its condition differs, so it may come or go. `touch`: only what is beside the properties differs, such as Metadata.
 */
export type ResourceAction = 'add' | 'remove' | 'replace' | 'update' | 'toggle' | 'touch' | 'refuse';

/** A resource that an update adds, removes or changes. */
export interface ResourceChange {
  readonly name: string;
  /** The type; the new one where both differ. */
  readonly type: string;
  readonly action: ResourceAction;
  /** `maybe` where it depends on parameters, on the old value, or on what AWS gives. */
  readonly chance: Exclude<Chance, 'no'>;
  readonly properties: readonly PropertyChange[];
  /** Names of what differs beside Properties: Condition, DependsOn, Metadata, UpdatePolicy … */
  readonly attributes: readonly string[];
  /** What becomes of the one that is removed or replaced: DeletionPolicy or UpdateReplacePolicy. */
  readonly fate?: 'deleted' | 'kept' | 'snapshot';
  /** Which comes first at a replacement, where the registry says so. */
  readonly order?: 'create_then_delete' | 'delete_then_create';
  /** Why more than its own text says: a type that is not in the registry, a condition that differs. */
  readonly notes: readonly string[];
}

/** A parameter, output, condition, mapping or rule that differs. */
export interface EntryChange {
  readonly name: string;
  readonly action: 'add' | 'remove' | 'change';
  readonly changes: readonly ValueChange[];
  /** What a person has to know of it: `it has no default: each update must give it`. */
  readonly note?: string;
}

/** What an update from one template to another does. */
export interface TemplateDiff {
  readonly resources: readonly ResourceChange[];
  readonly parameters: readonly EntryChange[];
  readonly outputs: readonly EntryChange[];
  readonly conditions: readonly EntryChange[];
  readonly mappings: readonly EntryChange[];
  readonly rules: readonly EntryChange[];
  /** Names of other sections that differ: Description, Metadata, Transform. */
  readonly sections: readonly string[];
}
