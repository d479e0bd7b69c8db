/** A kind of value that CloudFormation hands to a function, or takes from it. Every one of them is text when it arrives. */
export type Field = 'text' | 'texts' | { readonly id: string };

/** Names with the kind of each: properties of a custom resource, or what Fn::GetAtt gives of it. */
export interface Fields {
  readonly [name: string]: Field;
}

/** Fields of one text each. */
export interface OneLiners {
  readonly [name: string]: Exclude<Field, 'texts'>;
}

/**
 * What a function's role may do besides writing its own log. `on` says to what: the things that the template gives under
 * the permission's name, the function's own stack, anything, which needs a reason, or a thing whose own policy names the
 * role, so that the role's need not. `tagged` narrows it to what bears the stack's id: a thing is made with that tag, or
 * has it. `only` narrows it by a condition that is the same in every stack.
 */
export type Permission = { readonly actions: readonly Action[] } & (
  | ({ readonly on: 'given' | 'own stack'; readonly why?: string } & Narrowed)
  | ({ readonly on: 'anything'; readonly why: string } & Narrowed)
  | { readonly on: 'its own policy'; readonly why: string; readonly tagged?: never; readonly only?: never }
);

interface Narrowed {
  readonly tagged?: Tagged;
  readonly only?: Only;
}

/** Keys of IAM's conditions that must be equal to the text: `{ 'secretsmanager:VersionStage': 'AWSCURRENT' }`. */
export interface Only {
  readonly [key: `${string}:${string}`]: string;
}

/** Which tag must have the stack's id: the one that a thing is made with, or the one that it has. */
export type Tagged = 'when made' | 'as it is';

/** The tag of things that a function makes, with the id of its stack. */
export const STACK_TAG = 'podlaunch:stack';

/** An action of IAM, in full. */
export type Action = `${string}:${string}`;

/** Permissions by the Sid of their statement. */
export interface Permissions {
  readonly [sid: string]: Permission;
}

/** The custom resource that a function is behind. */
export interface ResourceDeclaration {
  readonly type: `Custom::${string}`;
  readonly properties: Fields;
  /** What Fn::GetAtt gives. */
  readonly answers: OneLiners;
}

/** When a function runs by itself, and what it is then told. */
export interface ScheduleDeclaration {
  /** EventBridge Scheduler's: `rate(1 hour)`, `cron(0 3 * * ? *)`. */
  readonly expression: `rate(${string})` | `cron(${string})`;
  readonly properties: OneLiners;
}

/**
 * A Lambda function as data. Its handler is the `handler` that handler.ts beside it exports. The template's function,
 * role, log group, custom resource and schedule are made from this (src/parts/function/lambda-function.ts), and the types of
 * what the handler gets and gives.
 */
export interface Declaration {
  /** Of its folder, such as `copy-assets`. */
  readonly name: string;
  readonly description: string;
  readonly runtime: 'nodejs22.x' | 'nodejs24.x';
  /** In MB. */
  readonly memory: number;
  /** In seconds, at most 900. A custom resource is answered shortly before. */
  readonly timeout: number;
  /** Whether it has interfaces in the launcher's subnets. What it asks of AWS then takes the VPC's ways out. */
  readonly inVpc?: true;
  /** What the template tells it, whoever calls it: environment variables. No secret is in them. */
  readonly environment?: OneLiners;
  readonly permissions: Permissions;
  readonly resource?: ResourceDeclaration;
  readonly schedule?: ScheduleDeclaration;
}

/** The declaration of a function behind a custom resource. */
export type ResourceFunction = Declaration & { readonly resource: ResourceDeclaration };

/** The declaration of a function that runs by itself. */
export type ScheduledFunction = Declaration & { readonly schedule: ScheduleDeclaration };

/** The declaration of a function that the template tells something, whoever calls it. */
export type InformedFunction = Declaration & { readonly environment: OneLiners };

/** What such a function finds in its environment. */
export type EnvironmentOf<D extends InformedFunction> = Texts<D['environment']>;

/** What every function's role may do beside what it declares: defineResource and defineSchedule ask for it. */
export const EVERY_FUNCTION: Permissions = {
  IsTheStackGoing: { actions: ['cloudformation:DescribeStacks'], on: 'own stack' },
};

/** A function's code for one file `index.js` (CommonJS), as the build makes it from its handler. */
export interface Code<Name extends string = string> {
  /** The function's name. */
  readonly of: Name;
  readonly text: string;
}

/** What a handler gets for these fields, or answers. */
export type Texts<F extends Fields> = { readonly [N in keyof F]: F[N] extends 'texts' ? readonly string[] : string };

/** Properties of the custom resource as the handler gets them. */
export type PropertiesOf<D extends ResourceFunction> = Texts<D['resource']['properties']>;

/** What the handler has to answer. */
export type AnswersOf<D extends ResourceFunction> = Texts<D['resource']['answers']>;

/** What a scheduled run is told. */
export type ScheduledOf<D extends ScheduledFunction> = Texts<D['schedule']['properties']>;
