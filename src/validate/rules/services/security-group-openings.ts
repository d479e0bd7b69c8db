import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, isList, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { memo } from '../../model/memo.ts';
import type { Model } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { resourceOf } from '../base/given.ts';
import { branches, literal, valuesAt } from '../base/look.ts';

const GROUP = 'AWS::EC2::SecurityGroup';

/** Which way traffic goes, seen from the group. */
export type Direction = 'Ingress' | 'Egress';

/** Traffic that a group lets through. Undefined: any, or not told by the template. */
interface Opening {
  readonly protocol: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The group of the template at the other side; undefined of addresses and of what is outside the template. */
  readonly peer: string | undefined;
  /** Whether the other side is addresses. */
  readonly isAddress: boolean;
}

/** What a group lets through in a direction; undefined where it is not known, or all goes through. */
type Openings = readonly Opening[] | undefined;

/** What is asked of groups: traffic over these ports, `-1` for all traffic. */
export interface Traffic {
  readonly protocol: 'tcp' | '-1';
  readonly from: number;
  readonly to: number;
}

/** TCP over one port or a range of ports. */
export function tcp(from: number, to = from): Traffic {
  return { protocol: 'tcp', from, to };
}

export const ALL_TRAFFIC: Traffic = { protocol: '-1', from: 0, to: 65_535 };

/** The groups of the template that a list names; undefined where one is not of the template. */
export function groupsAt(model: Model, object: JsonObject, name: string): readonly string[] | undefined {
  const found = [...valuesAt(object, `${name}.*`, [], new Map())].filter(({ value }) => value !== undefined);
  const groups = found.map(({ value }) => resourceOf(model, value, GROUP));
  const list = name.split('.').reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), object);
  return isList(list) && groups.length > 0 && groups.every((one) => one !== undefined) ? groups : undefined;
}

/**
 * Whether one of the groups lets the traffic through.
 * @param peers the groups at the other side; undefined where any will do
 * @param byGroup whether the other side must be named as a group: addresses do not do, where a group has rules
 * @returns true too where the template does not tell
 */
export function lets(
  model: Model,
  groups: readonly string[],
  direction: Direction,
  traffic: Traffic,
  peers?: readonly string[],
  byGroup = false,
): boolean {
  return groups.some((group) => {
    const openings = openingsOf(model).get(`${group} ${direction}`);
    return (
      openings === undefined || openings.some((one) => (!byGroup || !one.isAddress) && covers(one, traffic, peers))
    );
  });
}

function covers(
  { protocol, from, to, peer }: Opening,
  traffic: Traffic,
  peers: readonly string[] | undefined,
): boolean {
  if (peer !== undefined && peers !== undefined && !peers.includes(peer)) return false;
  if (protocol === undefined || protocol === '-1') return true;
  if (traffic.protocol === '-1' || !['tcp', '6'].includes(protocol)) return false;
  return (from ?? traffic.from) <= traffic.from && (to ?? traffic.to) >= traffic.to;
}

const openingsOf: (model: Model) => ReadonlyMap<string, Openings> = memo((model) => {
  const all = new Map<string, Opening[] | undefined>();
  for (const direction of ['Ingress', 'Egress'] as const) {
    for (const { id, properties } of ofType(model, GROUP))
      all.set(`${id} ${direction}`, inline(model, properties, direction));
    for (const { properties } of ofType(model, GROUP + direction)) {
      const group = resourceOf(model, properties['GroupId'] ?? properties['GroupName'], GROUP);
      all.get(`${group} ${direction}`)?.push(openingOf(model, properties, direction));
    }
  }
  return all;
});

/** The openings in the group itself. A group without Egress lets all out. */
function inline(model: Model, properties: JsonObject, direction: Direction): Opening[] | undefined {
  const name = `SecurityGroup${direction}`;
  const { [name]: list } = properties;
  if (list === undefined) return direction === 'Egress' ? undefined : [];
  const openings: Opening[] = [];
  for (const one of branches(list, [])) {
    const entries = isList(one.value) ? one.value : [one.value];
    for (const entry of entries)
      for (const { value } of branches(entry, [])) {
        if (value === undefined) continue;
        if (!isObject(value) || functionOf(value)) return undefined;
        openings.push(openingOf(model, value, direction));
      }
  }
  return openings;
}

function openingOf(model: Model, rule: JsonObject, direction: Direction): Opening {
  const side = direction === 'Ingress' ? 'Source' : 'Destination';
  const { [`${side}SecurityGroupId`]: id, SourceSecurityGroupName: name } = rule;
  const number = (value: Json | undefined): number | undefined => {
    const text = literal(value);
    return text === undefined ? undefined : Number(text);
  };
  return {
    protocol: literal(rule['IpProtocol'])?.toLowerCase(),
    from: number(rule['FromPort']),
    to: number(rule['ToPort']),
    peer: resourceOf(model, id ?? name, GROUP),
    isAddress: id === undefined && name === undefined,
  };
}

/** The place of a property, where it is there; else of what should have it. */
export function placeOf(object: JsonObject, path: Path, name: string): Path {
  let at: Json | undefined = object;
  const place: (string | number)[] = [...path];
  for (const key of name.split('.')) {
    if (!isObject(at) || !(key in at)) return place;
    at = at[key];
    place.push(key);
  }
  return place;
}
