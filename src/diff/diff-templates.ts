import { isObject, type JsonObject } from '../document/intrinsics.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { type Model, modelOf, objectAt } from '../validate/model/model.ts';
import { changedResource } from './changed-resources.ts';
import {
  affectedConditions,
  changedEntries,
  changedOthers,
  changedOutputs,
  changedParameters,
} from './changed-sections.ts';
import { type ChangedNames, followed } from './follow.ts';
import type { ResourceChange, TemplateDiff } from './template-diff.ts';

/**
 * What an update of a stack from one template to another does: what differs, what CloudFormation replaces for it by
 * the registry's schemas, and what follows from that along Ref and Fn::GetAtt. Values of parameters are not known:
 * where they decide, the answer is `maybe`.
 * @param before, after templates that could be read: their value is a mapping
 */
export function diffTemplates(before: TemplateDocument, after: TemplateDocument): TemplateDiff {
  const [old, now] = [rootOf(before), rootOf(after)];
  const of = (name: string) => [objectAt(old, name), objectAt(now, name)] as const;
  const mappings = changedEntries(...of('Mappings'));
  const conditions = changedEntries(...of('Conditions'));
  const names = new Set(mappings.map(({ name }) => name));
  const affected = affectedConditions(objectAt(now, 'Conditions'), conditions, names);
  return {
    resources: changedResources(objectAt(old, 'Resources'), modelOf(after, now), {
      conditions: affected,
      mappings: names,
    }),
    parameters: changedParameters(...of('Parameters')),
    outputs: changedOutputs(...of('Outputs')),
    conditions,
    mappings,
    rules: changedEntries(...of('Rules')),
    sections: changedOthers(old, now),
  };
}

/** What changes of itself, and what it reaches; in the order of the new template, what is gone last. */
function changedResources(before: JsonObject, after: Model, changed: ChangedNames): ResourceChange[] {
  const { resources } = after;
  const names = [...new Set([...Object.keys(resources), ...Object.keys(before)])];
  const isResource = (name: string) => Object.hasOwn(before, name) || Object.hasOwn(resources, name);
  const direct = new Map<string, ResourceChange>();
  for (const name of names) {
    const change = changedResource(name, entryOf(before, name), entryOf(resources, name), isResource);
    if (change) direct.set(name, change);
  }
  const all = followed(direct, after, changed);
  return names.flatMap((name) => all.get(name) ?? []);
}

function entryOf(resources: JsonObject, name: string): JsonObject | undefined {
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return isObject(resource) ? resource : undefined;
}

function rootOf({ value }: TemplateDocument): JsonObject {
  return isObject(value) ? value : {};
}
