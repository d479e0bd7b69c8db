import { when } from '../../aws/conditions.ts';
import type { OptionalText } from '../../aws/form.ts';
import { ManagedPolicy } from '../../aws/generated/iam-managed-policy.ts';
import { Role } from '../../aws/generated/iam-role.ts';
import { identifies, noValue } from '../../aws/intrinsics.ts';
import { assumedBy, policy } from '../../aws/policy.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import { launchPolicies } from './launch-policies.ts';
import type { TemplateNeeds } from './template-needs.ts';

/**
 * The role as which Service Catalog launches a product, whoever asks for it, and its policies.
 * @throws Refusal PL5021
 */
export function launchRole(
  template: Template,
  {
    needs,
    project,
    boundary,
  }: { readonly needs: TemplateNeeds; readonly project: string; readonly boundary: OptionalText },
): ResourceHandle<Role> {
  const policies = launchPolicies(needs, project).map(({ name, statements }) =>
    template.resource(
      `Launch${name}`,
      new ManagedPolicy({
        Description: `What Service Catalog needs to launch ${project}, part ${name}`,
        PolicyDocument: policy(...statements),
      }),
    ),
  );
  return template.resource(
    'LaunchRole',
    new Role({
      AssumeRolePolicyDocument: assumedBy('servicecatalog.amazonaws.com'),
      ManagedPolicyArns: policies.map((one) => one.ref()),
      PermissionsBoundary: when(boundary.given, identifies(boundary.value), noValue),
    }),
    {
      tag: 'launch',
      comment:
        'It makes roles of functions and nodes: anyone who may change what Service Catalog launches with it may do anything.',
    },
  );
}
