import type { Json } from '../document/template-document.ts';

/** The types of a template's resources, each as often as it is there. */
export function resourceTypes(template: Json | undefined): readonly string[] {
  const { Resources = {} } = (template ?? {}) as { readonly Resources?: Record<string, { readonly Type?: string }> };
  return Object.values(Resources).flatMap(({ Type }) => Type ?? []);
}

/** Whether CloudFormation wants to be told that the template may make IAM resources. */
export function makesIam(template: Json | undefined): boolean {
  return resourceTypes(template).some((type) => type.startsWith('AWS::IAM::'));
}
