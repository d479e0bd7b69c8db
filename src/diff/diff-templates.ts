import { isObject, type JsonObject } from '../document/intrinsics.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { type Model, modelOf } from '../validate/model/model.ts';
import { changedResource } from './changed-resources.ts';
import {
  affectedConditions,
  changedEntries,
  changedOthers,
  changedOutputs,
  changedParameters,
  section,
} from './changed-sections.ts';
import { followed } from './follow.ts';
import type { ResourceChange, TemplateDiff } from './template-diff.ts';

/**
 * What an update of a stack from one template to another does: what differs, what CloudFormation replaces for it by
 * the registry's schemas, and what follows from that along Ref and Fn::GetAtt. Values of parameters are not known:
 * where they decide, the answer is `maybe`.
 * @param before, after templates that could be read: their value is a mapping
 */
export function diffTemplates(before: TemplateDocument, after: TemplateDocument): TemplateDiff {
  const [old, now] = [rootOf(before), rootOf(after)];
  const of = (name: string) => [section(old, name), section(now, name)] as const;
  const mappings = changedEntries(...of('Mappings'));
  const conditions = affectedConditions(...of('Conditions'), mappings);
  return {
    resources: changedResources(modelOf(before, old), modelOf(after, now), {
      conditions,
      mappings: new Set(mappings.map(({ name }) => name)),
    }),
    parameters: changedParameters(...of('Parameters')),
    outputs: changedOutputs(...of('Outputs')),
    conditions: changedEntries(...of('Conditions')),
    mappings,
    rules: changedEntries(...of('Rules')),
    sections: changedOthers(old, now),
  };
}

/** What changes of itself, and what it reaches; in the order of the new template, what is gone last. */
function changedResources(
  before: Model,
  after: Model,
  changed: { readonly conditions: ReadonlySet<string>; readonly mappings: ReadonlySet<string> },
): ResourceChange[] {
  const names = [...new Set([...Object.keys(after.resources), ...Object.keys(before.resources)])];
  const isResource = (name: string) => Object.hasOwn(before.resources, name) || Object.hasOwn(after.resources, name);
  const direct = new Map<string, ResourceChange>();
  for (const name of names) {
    const change = changedResource(name, resourceOf(before, name), resourceOf(after, name), isResource);
    if (change) direct.set(name, change);
  }
  const all = followed(direct, after, changed);
  return names.flatMap((name) => all.get(name) ?? []);
}

function resourceOf({ resources }: Model, name: string): JsonObject | undefined {
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return isObject(resource) ? resource : undefined;
}

function rootOf({ value }: TemplateDocument): JsonObject {
  return isObject(value) ? value : {};
}
