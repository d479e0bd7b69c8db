import { has, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { isServerlessResource } from '../../model/macros.ts';
import type { Model } from '../../model/model.ts';
import { dependencies } from '../../model/needs.ts';
import { checkShape, type Shape } from '../../model/shape.ts';
import { many, resource } from '../base/examples.ts';
import { longNames, tooMany } from '../base/limits.ts';
import { across, all, badNames, notAMapping } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { guide, TYPES } from '../base/urls.ts';
import { conditionKeys } from './condition-names.ts';

const RESOURCES = guide('resources-section-structure');
const TOPIC = 'Type: AWS::EC2::InternetGateway';
const resources = (...lines: readonly string[]): string => `Resources:\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** The attributes of a resource beside its properties. */
const SHAPE: Shape = {
  Condition: 'text',
  CreationPolicy: 'mapping',
  DeletionPolicy: 'any',
  DependsOn: 'any',
  Metadata: 'mapping',
  Properties: 'any',
  Type: 'text',
  UpdatePolicy: 'mapping',
  UpdateReplacePolicy: 'any',
  Version: 'any',
};

/** The attributes of a resource without those of AWS SAM, which drops all that it does not know of its own types. */
function attributesOf(resource: Json, { isServerless }: Model): Json {
  if (!isServerless || !isObject(resource)) return resource;
  const isOwn = isServerlessResource(resource);
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([key]) => !['Connectors', 'IgnoreGlobals'].includes(key) && (!isOwn || has(SHAPE, key)),
    ),
  );
}

/** A macro may have keys of its own. */
const shape: Check = across(function* (model) {
  for (const [name, one] of Object.entries(model.resources)) {
    if (name.startsWith('Fn::')) continue;
    yield* checkShape(attributesOf(one, model), ['Resources', name], SHAPE, ['Type']);
    for (const { target, path } of dependencies(name, one))
      if (typeof target !== 'string') yield { message: `DependsOn of ${name} must be names of resources.`, path };
  }
});

/** Resources beside their properties: names, types and the keys that they have. */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    code: 'E3001',
    name: 'resource-shape',
    message: 'A resource has a name of letters and digits, a Type, and the keys that CloudFormation knows.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the key or the name.',
    url: RESOURCES,
    bad: [
      resources(`Gateway: { ${TOPIC}, Propertys: {} } # <-`),
      resources('Gateway: { Properties: {} } # <-'),
      resources(`My-Gateway: { ${TOPIC} } # <-`),
      resources('Gateway: text # <-'),
      resources(`Gateway: { ${TOPIC}, Metadata: text } # <-`),
    ],
    good: [
      resources(`Gateway: { ${TOPIC}, Properties: {} }`),
      `Transform: [Count]\n${resources(`Gateway: { ${TOPIC}, Count: 3 }`)}`,
    ],
    check: all(notAMapping('Resources'), badNames('Resources', 'logical id'), shape),
  },
  {
    code: 'PL3010',
    name: 'unknown-schema',
    severity: 'info',
    unchecked: true,
    message: 'A type is private to an account, so its properties are not checked.',
    why: 'A misspelt property or type is found only by CloudFormation.',
    fix: 'Add --engine aws to have CloudFormation check that the account has it.',
    url: TYPES,
    bad: [resource('Acme::Network::Firewall').replace('Firewall', 'Firewall # <-')],
    good: [resource('AWS::EC2::InternetGateway')],
    by: 'schema',
  },
  {
    code: 'E3007',
    name: 'name-twice',
    message: 'A parameter and a resource have the same name.',
    why: 'Ref could mean either: CloudFormation refuses the template.',
    fix: 'Rename one.',
    url: RESOURCES,
    bad: [`Parameters:\n  Gateway: { Type: String }\n${resources(`Gateway: { ${TOPIC} } # <-`)}`],
    good: [`Parameters:\n  Name: { Type: String }\n${resources(`Gateway: { ${TOPIC} }`)}`],
    *check({ parameters, resources: all }) {
      for (const name of Object.keys(all))
        if (has(parameters, name) && !name.startsWith('Fn::'))
          yield {
            message: `${name} is the name of a parameter and of a resource.`,
            path: ['Resources', name],
            part: 'key',
            related: [{ message: 'The parameter', path: ['Parameters', name] }],
          };
    },
  },
  {
    code: 'E3010',
    name: 'resource-count',
    message: 'The template has too many resources.',
    why: 'There may be 500.',
    fix: 'Divide it into several stacks.',
    url: guide('cloudformation-limits'),
    bad: [`Resources: # <-\n${many(501, (i) => `  G${i}: { ${TOPIC} }`)}\n`],
    good: [resources(`Gateway: { ${TOPIC} }`)],
    check: tooMany('Resources', 500),
  },
  {
    code: 'E3011',
    name: 'resource-name-length',
    message: 'The name of a resource is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [resources(`${'G'.repeat(256)}: { ${TOPIC} } # <-`)],
    good: [resources(`Gateway: { ${TOPIC} }`)],
    check: longNames('Resources'),
  },
  {
    code: 'E3015',
    name: 'resource-condition',
    message: 'A resource names a condition that does not exist.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name, or declare it under Conditions.',
    url: guide('conditions-section-structure'),
    bad: [
      resources(`Gateway: { ${TOPIC}, Condition: IsProduction } # <-`),
      resources(`Gateway: { ${TOPIC}, Condition: true } # <-`),
    ],
    good: [
      `Conditions:\n  IsProduction: !Equals [!Ref AWS::Region, us-west-2]\n${resources(`Gateway: { ${TOPIC}, Condition: IsProduction }`)}`,
    ],
    check: conditionKeys('Resources'),
  },
];
