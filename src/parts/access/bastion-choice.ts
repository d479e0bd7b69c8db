import { type ConditionExpression, equals, not } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { EC2_INSTANCE_TYPE, optional, PEOPLE_CIDR, PUBLIC_KEYS } from '../../aws/patterns.ts';
import type { Expression } from '../../aws/value.ts';
import type { BastionChoice } from '../base/handed.ts';
import { part } from '../base/part.ts';

/** The words of the field for people's addresses. */
export const PEOPLE = {
  label: 'Where people come from (CIDR)',
  Description: 'IPv4 block that may connect to the host, such as that of your office. Only a host needs it.',
};

/** Asks where people come from, because who makes the stack wants a bastion. */
export const bastionAsked = part({
  name: 'bastion-asked',
  group: 'Bastion',
  choices(form) {
    const kind = bastionKind(form, 'host');
    const cidr = form.text('BastionCidr', { ...PEOPLE, ...optional(PEOPLE_CIDR) });
    return bastionChoice(form, { kind, cidr, isHost: equals(kind, 'host') });
  },
  build: (_, choice) => ({ bastionChoice: choice }),
  gives: { bastionChoice: 'The bastion that is wanted.' },
});

/** Asks which kind of bastion is wanted, if any. */
export function bastionKind(form: Form, Default: 'host' | 'none'): Expression<string> {
  return form.choice('Bastion', {
    label: 'Kind of bastion',
    Description:
      'host: an Ubuntu host with a public address, for people without AWS credentials. endpoint: EC2 Instance Connect, for people with them; a connection lasts an hour at most. none: people come by Systems Manager.',
    values: ['host', 'endpoint', 'none'],
    Default,
  });
}

interface Asked {
  readonly kind: Expression<string>;
  readonly cidr: Expression<string>;
  /** What says that a host is made. */
  readonly isHost: ConditionExpression;
}

/** Asks for the rest of a bastion: which keys a host takes, and on what it runs. A host without a CIDR is refused. */
export function bastionChoice(form: Form, { kind, cidr, isHost }: Asked): BastionChoice {
  form.rule('BastionHasCidr', {
    when: equals(kind, 'host'),
    assertions: [{ assert: not(equals(cidr, '')), description: 'A bastion that is a host needs BastionCidr.' }],
  });
  return {
    cidr,
    host: form.condition('WantsBastionHost', isHost),
    endpoint: form.condition('WantsBastionEndpoint', equals(kind, 'endpoint')),
    keys: form.optional('BastionKeys', {
      label: 'Public keys of people',
      Description:
        'SSH keys that may connect through the host, with commas between them. Without one, a key is lent for a minute by EC2 Instance Connect. A change restarts the host.',
      ...PUBLIC_KEYS,
    }),
    instanceType: form.text('BastionInstanceType', {
      label: 'Instance type of the host',
      Description: 'It only forwards connections.',
      Default: 't3.micro',
      ...EC2_INSTANCE_TYPE,
    }),
  };
}
