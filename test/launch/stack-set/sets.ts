import type { Accounts } from '../../../src/launch/stack-set/accounts.ts';
import { stackSet } from '../../../src/launch/stack-set/stack-set.ts';

/** A stack set of these accounts in two regions. */
export function setFor(accounts: Accounts, parameters: Readonly<Record<string, string>> = {}) {
  return stackSet({
    ...{ name: 'podlaunch-prerequisites', project: 'podlaunch', version: '1.0.0', makesIam: true },
    url: 'https://releases.s3.us-west-2.amazonaws.com/releases/1.0.0/templates/prerequisites.yaml',
    ...{ accounts, parameters, regions: ['us-west-2', 'eu-west-1'] },
  });
}

export const UNITS: Accounts = { kind: 'units', ids: ['ou-ab12-11111111'] };
export const ACCOUNTS: Accounts = { kind: 'accounts', ids: ['111122223333', '444455556666'] };
