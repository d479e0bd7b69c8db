import type { Path } from '../../../diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../document/intrinsics.ts';
import type { ConditionValues } from '../../model/conditions.ts';
import type { Model } from '../../model/model.ts';
import { resourceOf } from '../base/given.ts';
import { valuesAt } from '../base/look.ts';

/** Where a listener, and a rule of one, names the target groups that it forwards to. */
const PLACES = ['DefaultActions', 'Actions'].flatMap((name) => [
  `${name}.*.TargetGroupArn`,
  `${name}.*.ForwardConfig.TargetGroups.*.TargetGroupArn`,
]);

/** The target groups of the template that a listener or a rule of one forwards to, each with the place that names it. */
export function forwards(
  model: Model,
  listener: JsonObject,
  path: Path = [],
  known: ConditionValues = new Map(),
): readonly { readonly group: string; readonly path: Path }[] {
  return PLACES.flatMap((name) =>
    valuesAt(listener, name, path, known).flatMap(({ value, path: at }) => {
      const group = resourceOf(model, value, 'AWS::ElasticLoadBalancingV2::TargetGroup');
      return group === undefined ? [] : [{ group, path: at }];
    }),
  );
}
