import type { Presence } from '../../aws/conditions.ts';
import type { CustomResource } from '../../aws/custom-resource.ts';
import type { Role } from '../../aws/generated/iam-role.ts';
import type { Function as AwsFunction } from '../../aws/generated/lambda-function.ts';
import type { LogGroup } from '../../aws/generated/logs-log-group.ts';
import type { AnyHandle, ResourceHandle, ResourceOptions } from '../../aws/template.ts';
import type { Expression, Id, List, Value } from '../../aws/value.ts';
import type {
  Code,
  Declaration,
  Field,
  Fields,
  InformedFunction,
  ResourceFunction,
  ScheduledFunction,
} from '../../functions/lib/declaration.ts';
import type { Grant } from './function-policy.ts';

/** What a template gives a function: its code, and a value for everything that its declaration leaves open. */
export type FunctionInput<D extends Declaration> = {
  readonly code: Code<D['name']>;
} & (
  | Granted<D>
  | { /** Made before by functionRole, where something else names it. */ readonly as: FunctionRole<D['name']> }
) &
  (D extends ResourceFunction ? { readonly resource: ResourceInput<D> } : unknown) &
  (D extends ScheduledFunction ? { readonly schedule: ScheduleInput<D> } : unknown) &
  (D extends InformedFunction ? { readonly environment: Values<D['environment']> } : unknown) &
  (D extends { readonly inVpc: true } ? { readonly network: FunctionNetwork } : unknown);

/** Where a function in the VPC has its interfaces. The security group is its own: by it they are found when it goes. */
export interface FunctionNetwork {
  readonly subnetIds: List<Id<'AWS::EC2::Subnet.Id'>>;
  readonly securityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
}

/** For each permission on what is `given`, the ARNs. */
export interface Granted<D extends Declaration> {
  readonly condition?: Presence;
  readonly grants: { readonly [S in GivenSids<D>]: Grant };
}

/** As whom a function acts, and its log. */
export interface FunctionRole<Name extends string = string> {
  readonly of: Name;
  readonly condition?: Presence;
  readonly logs: ResourceHandle<LogGroup>;
  readonly role: ResourceHandle<Role>;
}

export interface ResourceInput<D extends ResourceFunction> {
  /** Logical id of the custom resource. */
  readonly id: string;
  readonly properties: Values<D['resource']['properties']>;
  readonly options?: ResourceOptions;
}

export interface ScheduleInput<D extends ScheduledFunction> {
  readonly properties: Values<D['schedule']['properties']>;
  /** Where it runs by itself. */
  readonly condition?: Presence;
  /** What must be there before the first run. The function's own custom resource always is. */
  readonly after?: readonly AnyHandle[];
}

/** What was made of a declaration. */
export interface MadeFunction<D extends Declaration> {
  /** As whom the function acts. */
  readonly role: ResourceHandle<Role>;
  /** The function itself, for who calls it. */
  readonly lambda: ResourceHandle<AwsFunction>;
  readonly resource: D extends ResourceFunction
    ? ResourceHandle<CustomResource<Attributes<D['resource']['answers']>>>
    : undefined;
}

type GivenSids<D extends Declaration> = {
  [S in keyof D['permissions']]: D['permissions'][S]['on'] extends 'given' ? S : never;
}[keyof D['permissions']];

type ValueOf<F extends Field> = F extends { readonly id: infer K extends string }
  ? Value<Id<K>>
  : F extends 'texts'
    ? List<string>
    : Value<string>;
type Values<F extends Fields> = { readonly [N in keyof F]: ValueOf<F[N]> };
type Attributes<F extends Fields> = {
  readonly [N in keyof F]: F[N] extends { readonly id: infer K extends string } ? Id<K> : string;
};
