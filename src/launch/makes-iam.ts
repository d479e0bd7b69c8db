import type { Json } from '../document/template-document.ts';

/** Whether CloudFormation wants to be told that the template may make IAM resources. */
export function makesIam(template: Json | undefined): boolean {
  const { Resources = {} } = (template ?? {}) as { readonly Resources?: Record<string, { readonly Type?: string }> };
  return Object.values(Resources).some(({ Type }) => Type?.startsWith('AWS::IAM::'));
}
