import { when } from '../../aws/conditions.ts';
import { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import { BIND_DN } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { baseDn } from './base-dn.ts';
import { GENERATED_PASSWORD } from './generated-password.ts';

/**
 * `{"bindDn", "password"}` of the read-only account that nodes bind with. The account itself is made in the directory
 * by its administrator, with this password.
 */
export const bindSecret = part({
  name: 'bind-secret',
  group: 'Directory',
  choices: (form) => ({
    bindDn: form.optional('BindDn', {
      label: 'Bind DN',
      Description:
        'Read-only account that nodes search with. Empty: CN=ReadOnly in OU=Users of the short name. A change gives the secret a new password.',
      given: 'HasBindDn',
      MaxLength: 1024,
      ...BIND_DN,
    }),
  }),
  needs: { DomainName: made, ShortName: made },
  build(template, { bindDn, DomainName, ShortName }) {
    const { value, given } = bindDn;
    const readOnly = sub`CN=ReadOnly,OU=Users,OU=${ShortName},${{ BaseDn: baseDn(DomainName) }}`;
    const secret = template.resource(
      'BindSecret',
      new Secret({
        Description: 'Read-only account that the nodes search the directory with',
        GenerateSecretString: {
          SecretStringTemplate: sub`{"bindDn":"${{ BindDn: when(given, value, readOnly) }}"}`,
          GenerateStringKey: 'password',
          ...GENERATED_PASSWORD,
        },
      }),
      { tag: 'directory-bind' },
    );
    return { BindSecretArn: secret.ref(), bindSecret: secret, bindDn };
  },
  gives: {
    BindSecretArn: 'Secret with the DN and password of the account that nodes search with.',
    bindSecret: 'The secret itself.',
    bindDn: 'The account that the launcher names in place of the one of the stack.',
  },
});
