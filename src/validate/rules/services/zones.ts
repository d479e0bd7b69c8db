import { functionOf, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { Model } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { resourceOf } from '../base/given.ts';
import { literal } from '../base/look.ts';
import { keyOf } from '../base/unique.ts';

const SUBNET = 'AWS::EC2::Subnet';

/** The availability zone of a subnet of the template. */
interface Zone {
  readonly subnet: string;
  /** A text that is the same for the same zones. */
  readonly key: string;
  readonly value: Json;
}

/** The zone of the subnet that a value refers to; undefined where the template does not tell. */
export function zoneOf(model: Model, value: Json | undefined): Zone | undefined {
  const subnet = resourceOf(model, value, SUBNET);
  if (subnet === undefined) return undefined;
  const { AvailabilityZone, AvailabilityZoneId } = propertiesOf(model, subnet);
  const zone = AvailabilityZone ?? AvailabilityZoneId;
  const key = keyOf(zone);
  return zone === undefined || key === undefined ? undefined : { subnet, key, value: zone };
}

/** Whether two zones are of the same kind and differ: two texts, two entries of the same list, two parameters. */
export function differ(one: Zone, other: Zone): boolean {
  if (one.key === other.key) return false;
  const [first, second] = [one.value, other.value];
  if (literal(first) !== undefined && literal(second) !== undefined) return true;
  const [call, otherCall] = [functionOf(first), functionOf(second)];
  if (call?.name !== otherCall?.name) return false;
  if (call?.name === 'Ref') return true;
  if (call?.name !== 'Fn::Select' || !isList(call.argument) || !isList(otherCall?.argument)) return false;
  return JSON.stringify(call.argument[1]) === JSON.stringify(otherCall.argument[1]);
}

/** The region that a zone is in, where it is written out. */
export function regionOf({ value }: Zone): string | undefined {
  return /^([a-z]{2,}(?:-[a-z]+)+-\d)[a-z]$/.exec(literal(value) ?? '')?.[1];
}

/** The resource of a type whose attribute a value is, by Fn::GetAtt or by a Fn::Sub of nothing else. */
export function attributeOwner(model: Model, value: Json | undefined, type: string): string | undefined {
  const text = isObject(value) ? literal(value['Fn::Sub']) : undefined;
  const [, name] = /^\$\{(\w+)\.[\w.]+\}$/.exec(text ?? '') ?? [];
  return resourceOf(model, name === undefined ? value : { 'Fn::GetAtt': [name, ''] }, type);
}
