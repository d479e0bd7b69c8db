import { PERSON_NAME } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/**
 * The first administrator of the cluster: the two fields without a default. NoEcho keeps the key out of links, which
 * cannot fill in such a parameter: who fills it in is root of the cluster.
 */
export const firstPerson = part({
  name: 'first-person',
  group: 'First person',
  choices: (form) => ({
    AdminUser: form.text('AdminUser', {
      label: 'Your name on the cluster',
      Description: 'What you log in as. You become a member of the administrators and may use sudo.',
      ...PERSON_NAME,
    }),
    AdminPublicKey: form.parameter('AdminPublicKey', {
      Type: 'String',
      label: 'Your public key',
      Description:
        'The line of ~/.ssh/id_ed25519.pub, or of another public key. Anyone who fills this in is root of the cluster, so links cannot. The output KeyFingerprint says which key it was.',
      MaxLength: 4096,
      ConstraintDescription: 'One line with a public SSH key, such as the text of ~/.ssh/id_ed25519.pub.',
      NoEcho: true,
    }),
  }),
  build: (_, { AdminUser, AdminPublicKey }) => ({ AdminUser, AdminPublicKey }),
  gives: { AdminUser: 'Name of the first administrator.', AdminPublicKey: 'Their public key.' },
});
