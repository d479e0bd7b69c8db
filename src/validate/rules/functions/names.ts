import type { Path } from '../../../diagnostics/diagnostic.ts';
import { has, PSEUDO_PARAMETERS } from '../../../document/intrinsics.ts';
import { isServerlessResource, typeMade } from '../../model/macros.ts';
import type { Model } from '../../model/model.ts';
import { isInModule } from '../../model/references.ts';
import { didYouMean } from '../../model/shape.ts';
import { attributeNames, attributeSchema } from '../../schema/attributes.ts';
import { schemaFor } from '../../schema/schema-for.ts';
import type { Hit } from '../base/rule.ts';

/** What AWS SAM makes of a resource beside the one that has its name: `Name.Alias`, `Name.Version`, `Name.Stage`. */
const MADE_BY_SAM = /^(?:Alias|ApiKey|Deployment|Destination|DomainName|Stage|Table|UsagePlan|Version)/;

/** A name that Ref or Fn::Sub could not find. */
export function* unknownName(model: Model, name: string, path: Path): Generator<Hit> {
  const { parameters, resources, hasMacros, mayMake } = model;
  if (has(parameters, name) || has(resources, name) || PSEUDO_PARAMETERS.has(name) || hasMacros) return;
  if (isInModule(model, name) || mayMake('Resources', name) || mayMake('Parameters', name)) return;
  const known = (): readonly string[] => [...Object.keys(parameters), ...Object.keys(resources), ...PSEUDO_PARAMETERS];
  yield {
    message: `${name} is not a parameter or resource of this template.`,
    path,
    hint: didYouMean(name, known, name.startsWith('AWS::') ? 'There is no such pseudo parameter.' : 'Declare it.'),
  };
}

/**
 * A resource, or an attribute of its type, that Fn::GetAtt or Fn::Sub could not find.
 * @param at where the name of the resource is written
 * @param attributeAt where the attribute is
 */
export function* unknownAttribute(
  model: Model,
  [name, attribute]: readonly [string, string],
  at: Path,
  attributeAt: Path,
): Generator<Hit> {
  const { resources, hasMacros, mayMake } = model;
  if (hasMacros || isInModule(model, name)) return;
  if (!has(resources, name)) {
    if (mayMake('Resources', name)) return;
    const hint = didYouMean(name, () => Object.keys(resources), 'Attributes are those of resources.');
    yield { message: `${name} is not a resource of this template.`, path: at, hint };
    return;
  }
  const type = typeMade(resources[name]);
  const schema = type === undefined ? undefined : schemaFor(type);
  if (isServerlessResource(resources[name]) && (type === undefined || MADE_BY_SAM.test(attribute))) return;
  if (!schema || type === 'AWS::CloudFormation::CustomResource' || attributeSchema(schema, attribute)) return;
  const names = attributeNames(schema);
  yield {
    message: `${type} does not have the attribute ${attribute}.`,
    path: attributeAt,
    hint: didYouMean(attribute, names, names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.'),
  };
}
