import { has, textOf } from '../../../document/intrinsics.ts';
import { objectAt } from '../../model/model.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Hit, Rule } from '../base/rule.ts';

const module = (...lines: readonly string[]): string =>
  `Resources:\n  Example:\n    Type: My::Own::Network::MODULE\n${lines.map((line) => `    ${line}\n`).join('')}`;

/** Keys of a resource that a module cannot have: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules-structure.html */
const FORBIDDEN = ['CreationPolicy', 'UpdatePolicy'];

/** Modules of the registry. */
export const MODULE_RULES: readonly Rule[] = [
  {
    code: 'E5001',
    name: 'module',
    message: 'A module has something that only resources have.',
    why: TEMPLATE_REFUSED,
    fix: 'Delete it.',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules-structure.html',
    bad: [
      module('UpdatePolicy: { EnableVersionUpgrade: false } # <-'),
      module('Properties: { Tags: [{ Key: a, Value: b }] } # <-'),
      module('Metadata: { AWS::CloudFormation::Module: { a: b } } # <-'),
    ],
    good: [module('Properties: { Size: 1 }')],
    *check({ resources }): Generator<Hit> {
      for (const id of Object.keys(resources)) {
        const resource = objectAt(resources, id);
        if (!textOf(resource['Type']).endsWith('::MODULE')) continue;
        const path = ['Resources', id];
        for (const name of FORBIDDEN)
          if (has(resource, name))
            yield { path: [...path, name], part: 'key', message: `A module cannot have ${name}.` };
        if (has(objectAt(resource, 'Properties'), 'Tags'))
          yield { path: [...path, 'Properties', 'Tags'], part: 'key', message: 'A module cannot have Tags.' };
        const reserved = 'AWS::CloudFormation::Module';
        if (has(objectAt(resource, 'Metadata'), reserved))
          yield {
            path: [...path, 'Metadata', reserved],
            part: 'key',
            message: `CloudFormation keeps the metadata ${reserved} for itself.`,
          };
      }
    },
  },
];
