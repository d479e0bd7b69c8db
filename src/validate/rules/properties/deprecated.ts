import { isObject } from '../../../document/intrinsics.ts';
import { schemaFor } from '../../schema/schema-for.ts';
import { resource } from '../base/examples.ts';
import { across, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { TYPES } from '../base/urls.ts';

const NOTIFICATION = 'arn:aws:sns:us-east-1:111122223333:name';
const group = (...lines: readonly string[]): string =>
  resource(
    'AWS::AutoScaling::AutoScalingGroup',
    "MinSize: '0'",
    "MaxSize: '1'",
    'LaunchConfigurationName: a',
    "AvailabilityZones: !GetAZs ''",
    ...lines,
  );

/** What a type's schema calls deprecated. */
export const DEPRECATED_RULES: readonly Rule[] = [
  {
    code: 'PL3167',
    name: 'deprecated-property',
    severity: 'warning',
    message: 'AWS advises against the property.',
    why: 'It has been replaced, and may be ignored or refused one day.',
    fix: 'Look into the documentation of the type for what has replaced it.',
    url: TYPES,
    bad: [
      group(
        `NotificationConfiguration: { TopicARN: ${NOTIFICATION}, NotificationTypes: [autoscaling:EC2_INSTANCE_LAUNCH] } # <-`,
      ),
    ],
    good: [
      group(
        `NotificationConfigurations: [{ TopicARN: ${NOTIFICATION}, NotificationTypes: [autoscaling:EC2_INSTANCE_LAUNCH] }]`,
      ),
    ],
    check: across(function* (model): Generator<Hit> {
      const types = new Set(Object.values(model.resources).map((one) => (isObject(one) ? one['Type'] : undefined)));
      for (const type of types) {
        const { deprecatedProperties = [], readOnlyProperties = [] } =
          (typeof type === 'string' && schemaFor(type)) || {};
        const names = deprecatedProperties
          .filter((pointer) => !readOnlyProperties.includes(pointer))
          .map((pointer) => pointer.replace('/properties/', '').replaceAll('/', '.'));
        if (typeof type === 'string' && names.length > 0)
          yield* resources(type, function* (object, path, _, known): Generator<Hit> {
            for (const name of names)
              for (const { value, path: at } of valuesAt(object, name, path, known))
                if (value !== undefined)
                  yield { path: at, part: 'key', message: `AWS advises against ${name.split('.').at(-1)} of ${type}.` };
          })(model);
      }
    }),
  },
];
