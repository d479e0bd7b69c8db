import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

const ASSETS = { sha256: 'a'.repeat(64) };
const LOCATION = { bucketName: 'releases', bucketRegion: 'us-west-2', keyPrefix: 'podlaunch/releases/1.0.0/' };

interface Policy {
  readonly Statement: readonly { readonly Effect: string; readonly Action: string | readonly string[] }[];
}
interface Schema {
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}

/** Permissions that a type's handlers name for properties that no stack of ours sets, or that are not IAM actions. */
const UNUSED: readonly RegExp[] = [
  /^(?:eks|cognito-idp|firehose|elasticfilesystem|s3files|s3tables|vpc-lattice|vpce):/,
  /^kms:(?!CreateKey|PutKeyPolicy|TagResource|UntagResource|ScheduleKeyDeletion|UpdateKeyDescription)/,
  /^ec2:(?:AcceptAddressTransfer|ModifyImageAttribute|ModifySnapshotAttribute|ModifyVpcTenancy)$/,
  /^ec2:\w*(?:PrivateNatGateway|NatGatewayAddress|VpnGateway|SubnetCidrBlock|VpcEncryptionControl)\w*$/,
  /^ec2:(?:Attach|Detach)Volume$/,
  /^iam:(?:Attach|Detach)(?:Group|User)Policy$/,
  /^(?:resource-groups:\w+|ssm:GetCalendarState)$/,
  /^rds:PromoteReadReplica$/,
  /^route53:\w*QueryLoggingConfigs?$/,
  /^s3:(?!ListAllMyBuckets)/, // on buckets called sagemaker-*, all
];

describe.skipIf(!hasPython())("the launcher's policy", () => {
  let schemas = '';
  beforeAll(async () => {
    const python = await pythonTool('cfn-lint', 'python');
    const { execFileSync } = await import('node:child_process');
    const print = 'import cfnlint, pathlib; print(pathlib.Path(cfnlint.__file__).parent / "data" / "schemas")';
    schemas = execFileSync(python, ['-c', print], { encoding: 'utf8' }).trim();
  });

  test("allows what CloudFormation's handlers of every type call", () => {
    const policy = JSON.parse(readFileSync('docs/launcher-policy.json', 'utf8')) as Policy;
    const patterns = policy.Statement.filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action)
      .map((action) => new RegExp(`^${action.replaceAll('*', '.*')}$`));
    const missing = typesOfRelease().flatMap((type) =>
      permissions(type)
        .filter((permission) => ![...patterns, ...UNUSED].some((pattern) => pattern.test(permission)))
        .map((permission) => `${type}: ${permission}`),
    );
    expect(missing).toEqual([]);
  });

  /** Those of a release: dist/ makes no certificate. */
  function typesOfRelease(): readonly string[] {
    const types = compile(DEFAULTS, ASSETS, LOCATION).flatMap(({ value }) =>
      Object.values<any>((value as any).Resources).map(({ Type }) => Type as string),
    );
    expect(types.length).toBeGreaterThan(20);
    return [...new Set(types)].filter((type) => type.startsWith('AWS::'));
  }

  function permissions(type: string): readonly string[] {
    const index = JSON.parse(readFileSync(join(schemas, 'providers/us-east-1.json'), 'utf8')) as Record<string, string>;
    const schema = JSON.parse(readFileSync(join(schemas, 'resources', `${index[type]}.json`), 'utf8')) as Schema;
    return [...new Set(Object.values(schema.handlers ?? {}).flatMap(({ permissions }) => permissions ?? []))];
  }
});
