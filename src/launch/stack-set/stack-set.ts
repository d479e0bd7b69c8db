import { form } from '../../aws/form.ts';
import { StackSet, type StackSetProperties } from '../../aws/generated/cloudformation-stack-set.ts';
import { accountId, identifies, partition } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { Template } from '../../aws/template.ts';
import type { CompiledTemplate } from '../../compile/compiled-template.ts';
import { makeTemplate } from '../../compile/make-template.ts';
import type { Accounts } from './accounts.ts';

const ABOUT = [
  'The same stack of a release in many accounts and regions.',
  'Compiled by podlaunch; make it again for another release, and update the stack.',
].join('\n');

/** The template of a stack set. */
export type StackSetTemplate = CompiledTemplate<'stack-set'>;

/** What a stack set is made of. */
export interface StackSetInput {
  /** Name of the stack set, and of the stacks in it. */
  readonly name: string;
  readonly project: string;
  readonly version: string;
  /** Where CloudFormation reads the stack's template. */
  readonly url: string;
  /** Whether the stack makes roles. */
  readonly makesIam: boolean;
  readonly accounts: Accounts;
  readonly regions: readonly string[];
  /** Values of the stack's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** As whom CloudFormation makes the stacks. */
type Permissions = Pick<
  StackSetProperties,
  'PermissionModel' | 'AdministrationRoleARN' | 'ExecutionRoleName' | 'CallAs' | 'AutoDeployment'
>;

/** Makes the template of a stack set, for the account that administers it. */
export function stackSet(input: StackSetInput): StackSetTemplate {
  const { name, project, version, url, makesIam, accounts, regions } = input;
  const template = new Template({ project, title: `podlaunch stack-set - ${name} in many accounts` });
  const parameters = Object.entries(input.parameters);
  template.resource(
    'StackSet',
    new StackSet({
      StackSetName: name,
      Description: `${name} of release ${version}`,
      TemplateURL: url,
      ...(makesIam && { Capabilities: ['CAPABILITY_IAM'] as const }),
      ...(parameters.length > 0 && {
        Parameters: parameters.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      }),
      ...permissionsFor(template, accounts),
      ManagedExecution: { Active: true },
      // One account shows that it works; the first failure stops the others of its region.
      OperationPreferences: { FailureToleranceCount: 0, MaxConcurrentCount: 1, RegionConcurrencyType: 'SEQUENTIAL' },
      StackInstancesGroup: [
        {
          DeploymentTargets:
            accounts.kind === 'units' ? { OrganizationalUnitIds: accounts.ids } : { Accounts: accounts.ids },
          Regions: regions,
        },
      ],
    }),
    { tag: 'stack-set' },
  );
  return makeTemplate({ name: 'stack-set', summary: 'the same stack in many accounts' }, () => template.body(), ABOUT);
}

/** By Organizations itself, or by the two roles that AWS's documents name. */
function permissionsFor(template: Template, { kind }: Accounts): Permissions {
  if (kind === 'accounts') {
    return {
      PermissionModel: 'SELF_MANAGED',
      AdministrationRoleARN: identifies(
        sub`arn:${partition}:iam::${accountId}:role/AWSCloudFormationStackSetAdministrationRole`,
      ),
      ExecutionRoleName: 'AWSCloudFormationStackSetExecutionRole',
    };
  }
  const callAs = form(template, 'Organization').choice('CallAs', {
    label: 'Who administers it',
    Description: "SELF in the organization's management account, DELEGATED_ADMIN in an account that it has registered.",
    values: ['SELF', 'DELEGATED_ADMIN'],
    Default: 'SELF',
  });
  return {
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: callAs,
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
  };
}
