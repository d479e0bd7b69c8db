import { when } from '../../aws/conditions.ts';
import { Parameter } from '../../aws/generated/ssm-parameter.ts';
import { DIRECTORY_TOPIC } from '../alarms/directory-topic.ts';
import { known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { choosePeoplePolicy, makePeople, type WithPeople } from './make-people.ts';

/**
 * The first administrator, the groups and the accounts that nodes search with, in a directory that the stack administers.
 * What comes after it waits for it: no node starts before its bind account is there.
 */
export const people = part({
  name: 'people',
  group: 'Passwords of the directory',
  choices: choosePeoplePolicy,
  needs: {
    VpcId: made,
    ClusterSubnetId: made,
    SecondSubnetId: made,
    DomainName: made,
    ShortName: made,
    existingDirectory: made,
    // Only where the stack administers the directory; and there is none of this without it.
    DirectoryId: known,
    LdapsHost: made,
    CertificateArn: made,
    AuthorityKeySha256: made,
    AdminSecretArn: known,
    BindSecretArn: made,
    loadBalancerSecurityGroup: made,
    ldapsListener: made,
    ldapsRecord: made,
    AdminUser: made,
    AdminPublicKey: made,
    AlarmTopicArn: DIRECTORY_TOPIC,
  },
  gives: {
    peopleRole: 'The role of the function that makes people.',
    peopleFunction: 'The function itself.',
  },
  build(template, needs, settings: WithPeople) {
    const [DirectoryId, AdminSecretArn] = [needs.DirectoryId.value, needs.AdminSecretArn.value];
    // Without Admin's password nothing here can make people: the directory's own administrators do.
    const condition = needs.existingDirectory.administered;
    const balancer = needs.loadBalancerSecurityGroup;
    const { lambda, resource, role } = makePeople(template, settings, {
      ...needs,
      ...{ condition, DirectoryId, AdminSecretArn },
      subnetIds: [needs.ClusterSubnetId, needs.SecondSubnetId],
      loadBalancerGroupId: balancer.get('GroupId'),
      after: [needs.ldapsListener, needs.ldapsRecord, balancer],
    });
    const called = template.resource(
      'PeopleFunctionName',
      new Parameter({
        Type: 'String',
        Description: 'What podlaunch people calls; none where the directory is not of this stack',
        Value: when(condition, resource.get('FunctionArn'), 'none'),
      }),
      {
        comment: 'Always there: what follows can wait for it, and so for the people of a directory of this stack.',
      },
    );
    template.waitFor(called);
    return {
      peopleRole: { given: condition, arn: role.get('Arn') },
      peopleFunction: { arn: lambda.get('Arn'), ready: resource },
    };
  },
});
