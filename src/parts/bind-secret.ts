import { Secret } from '../aws/generated/secretsmanager-secret.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { GENERATED_PASSWORD } from './generated-password.ts';

export interface BindSecretInput {
  /** DN of the read-only account that nodes bind with. */
  readonly bindDn: Expression<string>;
}

/**
 * `{"bindDn", "password"}` of the read-only account that nodes bind with. The account itself is made in the directory
 * by its administrator, with this password.
 */
export function bindSecret(template: Template, { bindDn }: BindSecretInput): ResourceHandle<Secret> {
  return template.resource(
    'BindSecret',
    new Secret({
      Description: 'Read-only account that the nodes search the directory with',
      GenerateSecretString: {
        SecretStringTemplate: sub`{"bindDn":"${{ BindDn: bindDn }}"}`,
        GenerateStringKey: 'password',
        ...GENERATED_PASSWORD,
      },
    }),
    { tag: 'directory-bind' },
  );
}
