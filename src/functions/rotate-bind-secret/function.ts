import type { Declaration } from '../lib/declaration.ts';

/**
 * Changes the password that nodes search the directory with. Two accounts take turns: the idle one gets a new password, the
 * people function tries it at every domain controller, and only then the bind secret names it.
 */
export const rotateBindSecret = {
  name: 'rotate-bind-secret',
  description: 'Changes the account and password that nodes search the directory with',
  runtime: 'nodejs24.x',
  memory: 256,
  timeout: 900,
  environment: {
    DomainName: 'text',
    /** NetBIOS name of the domain, and name of the unit that has the accounts. */
    ShortName: 'text',
    DirectoryId: 'text',
    BindSecretArn: 'text',
    PeopleFunctionArn: 'text',
    /** How old the current password may get, in days. */
    RotationDays: 'text',
    /** After how many seconds every node knows what the secret says. */
    RefreshSeconds: 'text',
  },
  permissions: {
    ChangeSecret: {
      actions: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      on: 'given',
    },
    SetPasswords: { actions: ['ds:ResetUserPassword'], on: 'given' },
    TryPasswords: { actions: ['lambda:InvokeFunction'], on: 'given' },
  },
  // Each run does the one step that is due, if any: what failed is tried again, and an emergency does not wait for long.
  schedule: { expression: 'rate(15 minutes)', properties: {} },
} as const;
rotateBindSecret satisfies Declaration;
