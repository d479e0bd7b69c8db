import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, PSEUDO_PARAMETERS } from '../../../document/intrinsics.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { isInModule } from '../../model/references.ts';
import { didYouMean } from '../../model/shape.ts';
import { attributeNames, attributeSchema } from '../../schema/attributes.ts';
import { schemaFor } from '../../schema/schema-for.ts';
import type { Hit } from '../base/rule.ts';

/** A name that Ref or Fn::Sub could not find. */
export function* unknownName(model: Model, name: string, path: Path): Generator<Hit> {
  const { parameters, resources, hasMacros } = model;
  if (has(parameters, name) || has(resources, name) || PSEUDO_PARAMETERS.has(name) || hasMacros) return;
  if (isInModule(model, name)) return;
  const known = (): readonly string[] => [...Object.keys(parameters), ...Object.keys(resources), ...PSEUDO_PARAMETERS];
  yield {
    message: `${name} is not a parameter or resource of this template.`,
    path,
    hint: didYouMean(name, known, name.startsWith('AWS::') ? 'There is no such pseudo parameter.' : 'Declare it.'),
  };
}

/** A resource, or an attribute of its type, that Fn::GetAtt or Fn::Sub could not find. */
export function* unknownAttribute(model: Model, name: string, attribute: string, path: Path): Generator<Hit> {
  const { resources, hasMacros } = model;
  if (hasMacros || isInModule(model, name)) return;
  if (!has(resources, name)) {
    const hint = didYouMean(name, () => Object.keys(resources), 'Attributes are those of resources.');
    yield { message: `${name} is not a resource of this template.`, path, hint };
    return;
  }
  const type = objectAt(resources, name)['Type'];
  const schema = typeof type === 'string' ? schemaFor(type) : undefined;
  if (!schema || type === 'AWS::CloudFormation::CustomResource' || attributeSchema(schema, attribute)) return;
  const names = attributeNames(schema);
  yield {
    message: `${String(type)} does not have the attribute ${attribute}.`,
    path,
    hint: didYouMean(attribute, names, names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.'),
  };
}
