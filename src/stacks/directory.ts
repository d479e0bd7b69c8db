import { directoryAlarms } from '../parts/alarms/directory-alarms.ts';
import { known } from '../parts/base/needs.ts';
import { bindSecret } from '../parts/directory/bind-secret.ts';
import { certificateCheck } from '../parts/directory/certificate-check.ts';
import { directory } from '../parts/directory/directory.ts';
import { domain } from '../parts/directory/domain.ts';
import { existingDirectory } from '../parts/directory/existing-directory.ts';
import { HANDED_ON } from '../parts/directory/handed-on.ts';
import { ldapsListeners } from '../parts/directory/ldaps-listeners.ts';
import { ldapsName } from '../parts/directory/ldaps-name.ts';
import { ldapsTargets } from '../parts/directory/ldaps-targets.ts';
import { loadBalancer } from '../parts/directory/load-balancer.ts';
import { secretPolicies } from '../parts/directory/secret-policies.ts';
import { certificateOfRelease } from '../parts/ldaps/certificate.ts';
import { targetsAligned } from '../parts/ldaps/targets-aligned.ts';
import { nextLink, peopleLink } from './next-link.ts';
import { type Stack, stack } from './stack.ts';

/** The directory (a new AWS Managed Microsoft AD, or one that exists), and LDAPS to it through a load balancer. */
export const directoryStack: Stack<'directory'> = stack({
  name: 'directory',
  summary: 'Active Directory, and LDAPS to it',
  title: 'AWS Managed Microsoft AD and LDAPS to it',
  about: 'AWS Managed Microsoft AD (or a directory that exists), and LDAPS to it through a load balancer.',
  parts: [
    domain,
    existingDirectory,
    certificateOfRelease,
    loadBalancer,
    ldapsTargets,
    certificateCheck,
    ldapsName,
    bindSecret,
    directory,
    targetsAligned,
    ldapsListeners,
    secretPolicies,
    directoryAlarms,
    peopleLink({
      VpcId: known,
      ClusterSubnetId: known,
      SecondSubnetId: known,
      LoadBalancerSecurityGroupId: known,
      AlarmTopicArn: known,
      DomainName: known,
      ShortName: known,
      DirectoryId: known,
      AdminSecretArn: known,
      BindSecretArn: known,
      CertificateArn: known,
      AuthorityKeySha256: known,
    }),
    nextLink(
      { from: 'directory', next: 'cluster' },
      {
        VpcId: known,
        ClusterSubnetId: known,
        SecondSubnetId: known,
        ClusterSecurityGroupId: known,
        AlarmTopicArn: known,
        ExecutionRoleArn: known,
        ...HANDED_ON,
        DomainName: known,
        BindSecretArn: known,
        CertificateArn: known,
      },
    ),
  ],
  outputs: [
    'DomainName',
    'ShortName',
    'DirectoryId',
    'AdminSecretArn',
    'BindSecretArn',
    'LdapsHost',
    'LoadBalancerSecurityGroupId',
    'CertificateArn',
    'AuthorityKeySha256',
    'FirstDirectoryAddress',
    'SecondDirectoryAddress',
    'PeopleLink',
    'NextLink',
  ],
});
