import type { Presence } from '../../aws/conditions.ts';
import { CustomResource } from '../../aws/custom-resource.ts';
import { Role } from '../../aws/generated/iam-role.ts';
import { Function as AwsFunction } from '../../aws/generated/lambda-function.ts';
import { LogGroup } from '../../aws/generated/logs-log-group.ts';
import { assumedBy } from '../../aws/policy.ts';
import type { AnyHandle, ResourceHandle, ResourceOptions, Template } from '../../aws/template.ts';
import type { Free, Value } from '../../aws/value.ts';
import type { Code, Declaration } from '../../functions/lib/declaration.ts';
import type { FunctionInput, FunctionNetwork, FunctionRole, Granted, MadeFunction } from './function-input.ts';
import { functionPolicy, type Grant } from './function-policy.ts';
import { functionSchedule } from './function-schedule.ts';

/** Seconds beyond the function's own that CloudFormation waits for an answer. */
const GRACE = 60;

/**
 * Makes all that a declared function is in a template: log group, role with the declared permissions, the function
 * itself, the custom resource that it is behind, and what calls it by its schedule. Their logical ids come from the
 * function's name; the custom resource's is given.
 */
export function lambdaFunction<const D extends Declaration>(
  template: Template,
  declaration: D,
  input: FunctionInput<D>,
): MadeFunction<D>;
export function lambdaFunction(template: Template, declaration: Declaration, input: AnyInput): AnyMade {
  const { name, timeout } = declaration;
  const id = pascal(name);
  const as = input.as ?? functionRole(template, declaration, { grants: {}, ...input });
  const { logs, role, condition = true } = as;
  const made = template.resource(
    `${id}Function`,
    new AwsFunction({
      Description: declaration.description,
      Runtime: declaration.runtime,
      Handler: 'index.handler',
      Timeout: timeout,
      MemorySize: declaration.memory,
      Role: role.get('Arn'),
      LoggingConfig: { LogGroup: logs.ref() },
      ...(input.environment && { Environment: { Variables: input.environment } }),
      ...(input.network && {
        VpcConfig: { SubnetIds: input.network.subnetIds, SecurityGroupIds: [input.network.securityGroupId] },
      }),
      Code: { ZipFile: input.code.text },
    }),
    { tag: name, condition },
  );
  const resource =
    declaration.resource &&
    input.resource &&
    template.resource(
      input.resource.id,
      new CustomResource<object>(declaration.resource.type, {
        ServiceToken: made.get('Arn'),
        ServiceTimeout: timeout + GRACE,
        ...input.resource.properties,
      }),
      { condition, ...input.resource.options },
    );
  if (declaration.schedule && input.schedule) {
    const { expression } = declaration.schedule;
    functionSchedule(template, {
      id,
      name,
      expression,
      functionArn: made.get('Arn'),
      resource,
      condition,
      ...input.schedule,
    });
  }
  return { role, lambda: made, resource };
}

/** Makes a function's log group, and its role with the declared permissions. */
export function functionRole<const D extends Declaration>(
  template: Template,
  declaration: D,
  { grants, condition = true }: Granted<D>,
): FunctionRole<D['name']> {
  const { name } = declaration;
  const id = pascal(name);
  const logs = template.resource(`${id}Logs`, new LogGroup({ RetentionInDays: 30 }), { tag: name, condition });
  const role = template.resource(
    `${id}Role`,
    new Role({
      AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com'),
      Policies: [{ PolicyName: name, PolicyDocument: functionPolicy(declaration, logs.get('Arn'), grants) }],
    }),
    { tag: name, condition },
  );
  return { of: name, condition, logs, role };
}

/** Input and result as they are, whatever the declaration: the types of FunctionInput say which of them there are. */
interface AnyMade {
  readonly role: ResourceHandle<Role>;
  readonly lambda: ResourceHandle<AwsFunction>;
  readonly resource: ResourceHandle<CustomResource<object>> | undefined;
}

interface AnyInput {
  readonly code: Code;
  readonly grants?: { readonly [sid: string]: Grant };
  readonly as?: FunctionRole;
  readonly condition?: Presence;
  readonly network?: FunctionNetwork;
  readonly environment?: { readonly [name: string]: Value<string> };
  readonly resource?: {
    readonly id: string;
    readonly properties: { readonly [name: string]: Free };
    readonly options?: ResourceOptions;
  };
  readonly schedule?: {
    readonly properties: { readonly [name: string]: Value<string> };
    readonly condition?: Presence;
    readonly after?: readonly AnyHandle[];
  };
}

/** `copy-assets` as a logical id begins: `CopyAssets`. */
function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
