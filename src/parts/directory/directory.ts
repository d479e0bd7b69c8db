import { when } from '../../aws/conditions.ts';
import { MicrosoftAD } from '../../aws/generated/directoryservice-microsoft-ad.ts';
import { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import { select } from '../../aws/intrinsics.ts';
import { retention } from '../../aws/retention.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';
import { DIRECTORY_SUBNETS, VPC_ID } from '../network/network-needs.ts';
import { GENERATED_PASSWORD } from './generated-password.ts';

/** AWS Managed Microsoft AD over two zones, and the generated password of its Admin. */
export const directory = part({
  name: 'directory',
  needs: {
    DomainName: made,
    ShortName: made,
    edition: made,
    VpcId: VPC_ID,
    ...DIRECTORY_SUBNETS,
    existingDirectory: made,
    certificateCheck: made,
    ldapsRecord: made,
    bindSecret: made,
  },
  build(template, needs, { retain }: { readonly retain: boolean }) {
    const { DomainName, ShortName, edition, VpcId, ClusterSubnetId, SecondSubnetId, existingDirectory } = needs;
    const wanted = existingDirectory.none;
    const kept = { condition: wanted, ...retention(retain) };
    const adminSecret = template.resource(
      'AdminSecret',
      new Secret({
        Description: sub`Admin of the directory ${DomainName}`,
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
    const directory = template.resource(
      'Directory',
      new MicrosoftAD({
        Name: DomainName,
        ShortName,
        Edition: edition,
        Password: sub`{{resolve:secretsmanager:${adminSecret.ref()}:SecretString:password}}`,
        VpcSettings: { VpcId, SubnetIds: [ClusterSubnetId, SecondSubnetId] },
      }),
      {
        comment:
          'Password can only be set as the directory is made, and its reference is read again whenever an update touches this\nresource: another value in AdminSecret would then make a new, empty directory. Neither of the two ever changes\n(test/stacks/frozen.test.ts); a new password of Admin goes into another secret.',
        ...kept,
        // After what can be refused in minutes: a directory takes up to 45 of them and cannot be stopped.
        dependsOn: [needs.certificateCheck, needs.ldapsRecord, needs.bindSecret],
      },
    );
    const address = (index: 0 | 1) =>
      when(wanted, select(index, directory.get('DnsIpAddresses')), existingDirectory.addresses[index]);
    const { ofAdmin, administered } = existingDirectory;
    const either = (what: 'id' | 'secret', own: Expression<string>) =>
      ofAdmin === undefined ? own : when(ofAdmin[what].given, ofAdmin[what].value, own);
    return {
      DirectoryId: gift(either('id', directory.ref()), { given: administered }),
      AdminSecretArn: gift(either('secret', adminSecret.ref()), { given: administered }),
      FirstDirectoryAddress: address(0),
      SecondDirectoryAddress: address(1),
      ownDirectory: directory,
      adminSecret,
    };
  },
  gives: {
    DirectoryId: 'The directory, where this stack made it.',
    AdminSecretArn: 'Secret with the password of Admin, where this stack made the directory.',
    FirstDirectoryAddress: 'Address of the first domain controller.',
    SecondDirectoryAddress: 'Address of the second domain controller.',
    ownDirectory: 'The directory itself, where this stack made it.',
    adminSecret: 'The secret itself.',
  },
});
