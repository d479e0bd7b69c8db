import { and, equals, not, or } from '../../aws/conditions.ts';
import { IPV4_ADDRESS } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/** Asks for the domain controllers of a directory that exists already. */
export const existingDirectory = part({
  name: 'existing-directory',
  group: 'Existing directory (leave empty to make one)',
  choices(form) {
    const address = (name: string, label: string) =>
      form.optional(name, {
        label,
        Description:
          'Address of a domain controller of a directory that exists. Give both or neither. Its uidNumber and gidNumber are not used.',
        ...IPV4_ADDRESS,
      });
    const first = address('ExistingAddress1', 'First address');
    const second = address('ExistingAddress2', 'Second address');
    const outside = form.flag('ExistingOutsideVpc', {
      label: 'Outside the VPC',
      Description: 'Whether these addresses are outside the VPC (peering, transit gateway, VPN).',
      Default: false,
    });
    const neither = and(equals(first, ''), equals(second, ''));
    const both = and(not(equals(first, '')), not(equals(second, '')));
    form.rule('BothAddressesOrNeither', {
      assertions: [
        {
          assert: or(neither, both),
          description: 'Give both ExistingAddress1 and ExistingAddress2, or leave both empty.',
        },
        {
          assert: or(neither, not(equals(first, second))),
          description: 'ExistingAddress1 and ExistingAddress2 must be two domain controllers.',
        },
        {
          assert: or(equals(outside, 'false'), both),
          description: 'ExistingOutsideVpc is for the addresses of a directory that exists.',
        },
      ],
    });
    return {
      none: form.condition('WantsDirectory', or(equals(first, ''), equals(second, ''))),
      addresses: [first, second] as const,
      outsideVpc: form.condition('IsOutsideVpc', equals(outside, 'true')),
    };
  },
  build: (_, existingDirectory) => ({ existingDirectory }),
  gives: { existingDirectory: 'The domain controllers of a directory that exists already.' },
});
