import { type Condition, when } from '../aws/conditions.ts';
import { MicrosoftAD } from '../aws/generated/directoryservice-microsoft-ad.ts';
import { Secret } from '../aws/generated/secretsmanager-secret.ts';
import { select } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';
import { GENERATED_PASSWORD } from './generated-password.ts';
import { retention } from './retention.ts';

export interface DirectoryInput {
  readonly retain: boolean;
  /** Whether a directory is made; else the given addresses are those of one that exists. */
  readonly wanted: Condition;
  readonly domain: Expression<string>;
  readonly shortName: Value<string>;
  readonly edition: Value<'Standard' | 'Enterprise'>;
  readonly vpcId: Value<Id<'AWS::EC2::VPC.Id'>>;
  readonly subnetIds: readonly [Value<Id<'AWS::EC2::Subnet.Id'>>, Value<Id<'AWS::EC2::Subnet.Id'>>];
  readonly existingAddresses: readonly [Expression<string>, Expression<string>];
  /** What is made first, because it can be refused: a directory takes up to 45 minutes and cannot be stopped. */
  readonly after: readonly AnyHandle[];
}

export interface Directory {
  readonly directory: ResourceHandle<MicrosoftAD>;
  readonly adminSecret: ResourceHandle<Secret>;
  /** The two domain controllers, made here or given. */
  readonly addresses: readonly [Expression<string>, Expression<string>];
}

/** AWS Managed Microsoft AD over two zones, and the generated password of its Admin. */
export function directory(template: Template, input: DirectoryInput): Directory {
  const kept = { condition: input.wanted, ...retention(input.retain) };
  const adminSecret = template.resource(
    'AdminSecret',
    new Secret({
      Description: sub`Admin of the directory ${input.domain}`,
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"Admin"}',
        GenerateStringKey: 'password',
        ...GENERATED_PASSWORD,
      },
    }),
    {
      tag: 'directory-admin',
      comment: 'Kept as long as the directory: without it nobody can administer what remains.',
      ...kept,
    },
  );
  const made = template.resource(
    'Directory',
    new MicrosoftAD({
      Name: input.domain,
      ShortName: input.shortName,
      Edition: input.edition,
      Password: sub`{{resolve:secretsmanager:${adminSecret.ref()}:SecretString:password}}`,
      VpcSettings: { VpcId: input.vpcId, SubnetIds: input.subnetIds },
    }),
    {
      comment:
        'Password can only be set as the directory is made, and its reference is read again whenever an update touches this\nresource: another value in AdminSecret would then make a new, empty directory. Neither of the two ever changes\n(test/stacks/frozen.test.ts); a new password of Admin goes into another secret.',
      ...kept,
      dependsOn: input.after,
    },
  );
  const address = (index: 0 | 1) =>
    when(input.wanted, select(index, made.get('DnsIpAddresses')), input.existingAddresses[index]);
  return { directory: made, adminSecret, addresses: [address(0), address(1)] };
}
