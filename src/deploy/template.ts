import { refuse } from '../diagnostics/refusal.ts';
import { MAX_INLINE_BODY } from '../document/body-size.ts';
import type { Json } from '../document/template-document.ts';
import { hasNoEcho, parametersOf } from '../launch/template-parameter.ts';
import type { TemplateToSend } from './change-set.ts';

/** Names of the parameters that are not to be seen (NoEcho). */
export function secretsOf(template: Json | undefined): readonly string[] {
  return Object.entries(parametersOf(template)).flatMap(([name, parameter]) => (hasNoEcho(parameter) ? [name] : []));
}

/** Whether a stack of this template has stacks of its own. */
export function hasNested(template: Json | undefined): boolean {
  const { Resources = {} } = (template ?? {}) as { readonly Resources?: Record<string, { readonly Type?: string }> };
  return Object.values(Resources).some(({ Type }) => Type === 'AWS::CloudFormation::Stack');
}

/** A template that goes without a bucket. @throws Refusal PL8508 for one that is too large for it */
export function withinLimit(template: TemplateToSend, name: string): TemplateToSend {
  const bytes = Buffer.byteLength(template.text);
  if (bytes <= MAX_INLINE_BODY) return template;
  throw refuse({
    code: 'PL8508',
    message: `The template of ${name} has ${bytes} bytes: without a bucket CloudFormation takes ${MAX_INLINE_BODY}.`,
    hint: 'Publish it (podlaunch publish), and deploy the release: podlaunch deploy --channel latest.',
  });
}
