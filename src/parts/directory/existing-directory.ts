import { and, equals, not, or } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { DIRECTORY_ID, IPV4_ADDRESS, SECRET_ARN } from '../../aws/patterns.ts';
import type { Expression } from '../../aws/value.ts';
import { part } from '../base/part.ts';

const common = {
  name: 'existing-directory',
  group: 'Existing directory (leave empty to make one)',
  gives: { existingDirectory: 'The domain controllers of a directory that exists already.' },
} as const;

/** Asks for the domain controllers of a directory that exists already. Its administrators make people in it. */
export const existingDirectory = part({
  ...common,
  choices: askForAddresses,
  build: (_, choice) => ({ existingDirectory: { ...choice, administered: choice.none, ofAdmin: undefined } }),
});

/** The same, with its id and Admin's secret where the stack is to make people in it: a directory that an earlier stack kept. */
export const existingDirectoryWithAdmin = part({
  ...common,
  choices(form) {
    const choice = askForAddresses(form);
    const id = form.optional('ExistingDirectoryId', {
      label: 'Directory id',
      Description:
        'The AWS Managed Microsoft AD that has these addresses, where the stack is to make people, groups and bind accounts in it. Empty: its administrators make them.',
      given: 'HasDirectoryId',
      ...DIRECTORY_ID,
    });
    const secret = form.optional('ExistingAdminSecretArn', {
      label: "Secret with Admin's password",
      Description:
        'Secret with the keys username (Admin) and password, such as the one that an earlier stack kept. Give it with ExistingDirectoryId, or neither.',
      given: 'HasAdminSecret',
      ...SECRET_ARN,
    });
    const { neither, both } = ofTwo(id.value, secret.value);
    form.rule('AdminOfExistingDirectory', {
      assertions: [
        {
          assert: or(neither, both),
          description: 'Give both ExistingDirectoryId and ExistingAdminSecretArn, or leave both empty.',
        },
        {
          assert: or(equals(id.value, ''), not(choice.isMade)),
          description: 'ExistingDirectoryId needs ExistingAddress1 and ExistingAddress2 of the same directory.',
        },
      ],
    });
    const administered = form.condition('AdministersDirectory', or(choice.none, both));
    return { ...choice, administered, ofAdmin: { id, secret } };
  },
  build: (_, choice) => ({ existingDirectory: choice }),
});

function askForAddresses(form: Form) {
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
  const { neither, both } = ofTwo(first, second);
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
  const isMade = or(equals(first, ''), equals(second, ''));
  return {
    none: form.condition('WantsDirectory', isMade),
    isMade,
    addresses: [first, second] as const,
    outsideVpc: form.condition('IsOutsideVpc', equals(outside, 'true')),
  };
}

/** Whether none of two texts is given, and whether both are. */
function ofTwo(one: Expression<string>, other: Expression<string>) {
  return {
    neither: and(equals(one, ''), equals(other, '')),
    both: and(not(equals(one, '')), not(equals(other, ''))),
  };
}
