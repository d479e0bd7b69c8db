import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { equals } from '../../src/aws/conditions.ts';
import { accountId } from '../../src/aws/intrinsics.ts';
import { sub } from '../../src/aws/sub.ts';
import { Template } from '../../src/aws/template.ts';
import { certificateFunction } from '../../src/functions/certificate/function.ts';
import { type Declaration, EVERY_FUNCTION } from '../../src/functions/lib/declaration.ts';
import { ownCertificate } from '../../src/parts/ldaps/own-certificate.ts';
import { actionsOf, type Used } from '../support/aws-actions.ts';
import { STACK_ID } from '../support/described-stack.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { hasPython } from '../support/python-tools.ts';
import { resolved } from '../support/resolved.ts';
import { type Certifying, startCertifying } from './certifying.ts';

const ROLE = 'arn:aws:iam::123456789012:role/certificate';
const CERTIFICATE = 'arn:aws:acm:us-west-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';
const TAG = 'podlaunch:stack';

const declared = ({ permissions }: Declaration) =>
  Object.values({ ...permissions, ...EVERY_FUNCTION }).flatMap(({ actions }) => actions);

function policies() {
  const template = new Template({ project: 'lab', title: 'certificate' });
  const wanted = template.condition('Wanted', equals(accountId, '123456789012'));
  const topic = { value: sub`topic`, orEmpty: sub`topic`, given: true } as const;
  ownCertificate(template, { wanted, host: sub`ldaps.hyperpod.internal`, topic });
  const body = JSON.parse(JSON.stringify(template.body()));
  const given = {
    'AWS::Partition': 'aws',
    'AWS::Region': 'us-west-2',
    'AWS::AccountId': '123456789012',
    'AWS::StackId': STACK_ID,
    'CertificateRole.Arn': ROLE,
  };
  const of = (part: unknown) => resolved(body, part, given);
  return {
    role: of(body.Resources.CertificateRole.Properties.Policies).map(({ PolicyDocument }: any) => PolicyDocument),
    key: of(body.Resources.AuthorityKey.Properties.KeyPolicy),
  };
}

describe.skipIf(!hasPython())('what the certificate function asks of AWS', () => {
  let it: Certifying;
  const used: Used[] = [];
  beforeAll(async () => {
    it = await startCertifying();
    const arn = await it.create({ daysAgo: 300 });
    for (const [type, status] of [
      ['Create', 'CREATE_IN_PROGRESS'],
      ['Update', 'UPDATE_IN_PROGRESS'],
      ['Schedule', 'UPDATE_COMPLETE'],
      ['Delete', 'DELETE_IN_PROGRESS'],
    ] as const) {
      it.stack.status = status;
      used.push(...actionsOf((await it.run({ type, ...(type !== 'Create' && { arn }) })).calls));
    }
  });
  afterAll(() => it?.stop());

  /** The stack's own certificates have its tag. */
  const seen = (call: Used, stack = STACK_ID): Used =>
    call.resource.endsWith('/new')
      ? call
      : { ...call, context: { ...call.context, [`aws:ResourceTag/${TAG}`]: stack } };
  /** In one account the policy of a key is enough, and so is that of a role. */
  const may = (call: Used) => {
    const { role, key } = policies();
    return isAllowed(call.action.startsWith('kms:') ? [key] : role, { principal: ROLE, ...call });
  };

  test('is what it declares: nothing more, and nothing for nothing', () => {
    expect([...new Set(used.map(({ action }) => action))].toSorted()).toEqual(
      [...new Set(declared(certificateFunction))].toSorted(),
    );
  });

  test('is allowed to it', () => {
    expect(used.filter((call) => !may(seen(call)))).toEqual([]);
  });

  test.each(['acm:ImportCertificate', 'acm:GetCertificate', 'acm:DeleteCertificate'])(
    '%s is not allowed on certificates of others',
    (action) => {
      expect(may({ action, resource: CERTIFICATE })).toBe(false);
      expect(may(seen({ action, resource: CERTIFICATE }, 'another stack'))).toBe(false);
      expect(may(seen({ action, resource: CERTIFICATE }))).toBe(true);
    },
  );

  test('a new certificate bears the tag of the stack', () => {
    const call = { action: 'acm:ImportCertificate', resource: CERTIFICATE };
    expect(may({ ...call, context: { [`aws:RequestTag/${TAG}`]: STACK_ID } })).toBe(true);
    expect(may({ ...call, context: { [`aws:RequestTag/${TAG}`]: 'another stack' } })).toBe(false);
  });

  test("the key signs for the function's role only, and only as it should", () => {
    const key = [policies().key];
    const sign = (principal: string, algorithm: string) =>
      isAllowed(key, {
        ...{ principal, action: 'kms:Sign', resource: it.keyArn },
        context: { 'kms:SigningAlgorithm': algorithm },
      });
    expect(sign(ROLE, 'ECDSA_SHA_256')).toBe(true);
    expect(sign(ROLE, 'ECDSA_SHA_512')).toBe(false);
    expect(sign('arn:aws:iam::123456789012:root', 'ECDSA_SHA_256')).toBe(false);
    const root = { principal: 'arn:aws:iam::123456789012:root', resource: it.keyArn };
    expect(
      ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant'].map((action) =>
        isAllowed(key, { ...root, action }),
      ),
    ).toEqual([true, true, false]);
    expect(JSON.stringify(policies().role)).not.toContain('kms:');
  });
});
