import { isPersonName } from '../../lib/person-name.ts';
import { readPublicKey } from '../../lib/public-key.ts';
import { type Remark, refusal } from '../remark.ts';
import type { Wanted } from '../wanted.ts';

/** Whether the first person's name and key are such that they can log in. The key itself is never in the words. */
export function checkAdmin({ admin }: Wanted): readonly Remark[] {
  if (admin === undefined) return [];
  const findings: Remark[] = [];
  const name = isPersonName(admin.user);
  if (name !== true) findings.push(refusal(`AdminUser ${name}.`));
  const key = readPublicKey(admin.publicKey);
  if ('fault' in key) findings.push(refusal(`AdminPublicKey ${key.fault}.`));
  return findings;
}
