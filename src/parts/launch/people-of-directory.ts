import {
  CERTIFICATE_ARN,
  DIRECTORY_ID,
  DOMAIN_NAME,
  type ParameterPattern,
  SECRET_ARN,
  SHA256,
  SHORT_NAME,
} from '../../aws/patterns.ts';
import { DIRECTORY_TOPIC } from '../alarms/directory-topic.ts';
import { id, made, text } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { ldapsHost } from '../directory/ldaps-name.ts';
import { DIRECTORY_SUBNETS, VPC_ID } from '../network/network-needs.ts';
import { SUBNETS_FIT } from '../network/subnets-fit.ts';
import { choosePeoplePolicy, makePeople, type WithPeople } from './make-people.ts';
import { watchPasswords } from './password-watch.ts';

const group = 'Directory (outputs of stack 2, directory)';
const output = (label: string, Description: string, pattern: ParameterPattern) =>
  text<string>({ group, label, Description, ...pattern });

/**
 * The same people in a directory that another stack made. The load balancer's name is made of the domain's: no form can
 * have the password of Admin sent to another host.
 */
export const peopleOfDirectory = part({
  name: 'people',
  group: 'Passwords of the directory',
  choices: choosePeoplePolicy,
  needs: {
    VpcId: VPC_ID,
    ...DIRECTORY_SUBNETS,
    LoadBalancerSecurityGroupId: id('AWS::EC2::SecurityGroup::Id', {
      group,
      label: 'Security group of the load balancer',
      Description: 'Gets a rule that admits the function on the port of LDAPS.',
    }),
    DomainName: output('Domain name', "DNS name of the directory's domain.", DOMAIN_NAME),
    ShortName: output('Short name (NetBIOS)', 'Also the name of the OU that people are made in.', SHORT_NAME),
    DirectoryId: output('Directory', 'One that the stack directory made: of no other is Admin known.', DIRECTORY_ID),
    AdminSecretArn: output('Secret of Admin', 'The function makes people as Admin.', SECRET_ARN),
    BindSecretArn: output(
      'Bind secret',
      'Names the account that nodes search with, which the function makes. Where the directory names its readers (BindSecretReaderArns), PeopleRoleArn must be one.',
      SECRET_ARN,
    ),
    CertificateArn: output('Certificate', "The load balancer's.", CERTIFICATE_ARN),
    AuthorityKeySha256: output(
      'SHA-256 of the key of its authority',
      'The password of Admin is sent to a host alone whose certificate this authority issued.',
      SHA256,
    ),
    AlarmTopicArn: DIRECTORY_TOPIC,
    AdminUser: made,
    AdminPublicKey: made,
  },
  rules: [SUBNETS_FIT],
  build(template, needs, settings: WithPeople) {
    const { role } = makePeople(template, settings, {
      ...needs,
      condition: true,
      LdapsHost: ldapsHost(needs.DomainName),
      subnetIds: [needs.ClusterSubnetId, needs.SecondSubnetId],
      loadBalancerGroupId: needs.LoadBalancerSecurityGroupId,
      after: [],
    });
    const topic = needs.AlarmTopicArn;
    watchPasswords(template, { topic, DirectoryId: needs.DirectoryId, roles: [role.get('Arn')] });
    return { PeopleRoleArn: role.get('Arn') };
  },
  gives: { PeopleRoleArn: 'Role of the function that makes people: it must be able to read the bind secret.' },
});
