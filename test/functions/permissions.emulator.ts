import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { copyAssets } from '../../src/functions/copy-assets/function.ts';
import { type Declaration, EVERY_FUNCTION } from '../../src/functions/lib/declaration.ts';
import { assetsOf } from '../support/assets.ts';
import { actionsOf, type Used } from '../support/aws-actions.ts';
import { STACK_ID } from '../support/described-stack.ts';
import { isAllowed } from '../support/policy-evaluator.ts';
import { hasPython } from '../support/python-tools.ts';
import { resolved } from '../support/resolved.ts';
import { type Asked, BUCKET, type Copying, startCopying } from './copying.ts';

const ASSETS = assetsOf({ 'on_init_complete.sh': 'echo 1\n', 'lib/a.py': 'a\n' });

/** Asked for by no request of its own: with it S3 says that an object is missing, without it that it is forbidden. */
const UNASKED = ['s3:ListBucket'];

const declared = ({ permissions }: Declaration) =>
  Object.values({ ...permissions, ...EVERY_FUNCTION }).flatMap(({ actions }) => actions);

describe.skipIf(!hasPython())('what the copy function asks of AWS', () => {
  let copying: Copying;
  const used: Used[] = [];
  beforeAll(async () => {
    copying = await startCopying();
    await copying.reset();
    await copying.publish(ASSETS);
    const run = async (type: Asked['type']) =>
      used.push(...actionsOf((await copying.run({ type, assetsSha256: ASSETS.sha256 })).calls));
    await run('Create');
    await run('Update');
    copying.stack.status = 'DELETE_IN_PROGRESS';
    await run('Delete');
  });
  afterAll(() => copying?.stop());

  test('is what it declares: nothing more, and nothing for nothing', () => {
    const asked = [...used.map(({ action }) => action), ...UNASKED];
    expect([...new Set(asked)].toSorted()).toEqual([...new Set(declared(copyAssets))].toSorted());
  });

  test('is allowed to its role, on just these buckets and its stack', () => {
    const release = { bucketName: 'releases', bucketRegion: 'us-west-2', keyPrefix: 'release/' };
    const template = compile(DEFAULTS, { sha256: ASSETS.sha256 }, release)[0]!.value as any;
    const given = { 'AWS::Partition': 'aws', 'AWS::StackId': STACK_ID, 'NodeBucket.Arn': `arn:aws:s3:::${BUCKET}` };
    const { Policies } = resolved(template, template.Resources.CopyAssetsRole.Properties, given);
    const policies = Policies.map(({ PolicyDocument }: any) => PolicyDocument);
    const may = (call: Used) => isAllowed(policies, { principal: 'arn:aws:iam::123456789012:role/copy', ...call });
    expect(used.filter((call) => !may(call))).toEqual([]);
    expect(may({ action: 's3:PutObject', resource: 'arn:aws:s3:::releases/release/assets.json' })).toBe(false);
    expect(may({ action: 's3:GetObject', resource: 'arn:aws:s3:::releases/other/assets.json' })).toBe(false);
  });
});
