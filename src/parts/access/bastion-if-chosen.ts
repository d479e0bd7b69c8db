import { and, equals, not, or } from '../../aws/conditions.ts';
import { parameterNamed } from '../../aws/intrinsics.ts';
import { PEOPLE_CIDR } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';
import { bastionChoice, bastionKind, PEOPLE } from './bastion-choice.ts';

/** No bastion unless the launcher chooses one, in a stack that makes its network or is given one. */
export const bastionIfChosen = part({
  name: 'bastion-if-chosen',
  group: 'Bastion',
  choices(form) {
    const kind = bastionKind(form, 'none');
    const cidr = form.optional('BastionCidr', { ...PEOPLE, ...PEOPLE_CIDR });
    form.rule('BastionHasPublicSubnet', {
      when: equals(kind, 'host'),
      assertions: [
        {
          // Parameters of the part existing-network: rules know no conditions.
          assert: or(equals(parameterNamed('ExistingVpcId'), ''), equals(parameterNamed('MakeRoutes'), 'true')),
          description:
            'A bastion that is a host needs a public subnet of this stack. In a network that exists choose endpoint, or use the stack access.',
        },
      ],
    });
    // The rule says that a host has a CIDR; where it is used, a reader of conditions alone knows that it is there.
    return bastionChoice(form, { kind, cidr, isHost: and(equals(kind, 'host'), not(equals(cidr, ''))) });
  },
  build: (_, choice) => ({ bastionChoice: choice }),
  gives: { bastionChoice: 'The bastion that is wanted.' },
});
