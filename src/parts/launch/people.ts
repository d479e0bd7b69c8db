import { when } from '../../aws/conditions.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { SecurityGroupIngress } from '../../aws/generated/ec2-security-group-ingress.ts';
import { Parameter } from '../../aws/generated/ssm-parameter.ts';
import { accountId, partition, region, stackName } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import { PEOPLE_CODE } from '../../functions/generated/people.ts';
import { PEOPLE_ANSWER_CODE } from '../../functions/generated/people-answer.ts';
import { peopleFunction } from '../../functions/people/function.ts';
import { peopleAnswer } from '../../functions/people-answer/function.ts';
import { known, made } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { lambdaFunction } from '../function/lambda-function.ts';

interface WithPeople {
  readonly directory: { readonly groups: readonly { readonly name: string; readonly sudo: boolean }[] };
}

/**
 * The first administrator, the groups and the accounts that nodes search with, in a directory that the stack makes. What
 * comes after it waits for it: no node starts before its bind account is there.
 */
export const people = part({
  name: 'people',
  needs: {
    VpcId: made,
    ClusterSubnetId: made,
    SecondSubnetId: made,
    DomainName: made,
    domain: made,
    existingDirectory: made,
    // Only where the stack makes the directory; and there is none of this without it.
    DirectoryId: known,
    LdapsHost: made,
    CertificateArn: made,
    AdminSecretArn: known,
    BindSecretArn: made,
    loadBalancerSecurityGroup: made,
    ldapsListener: made,
    ldapsRecord: made,
    AdminUser: made,
    AdminPublicKey: made,
  },
  gives: {
    peopleRole: 'The role of the function that makes people.',
    peopleFunction: 'The function itself.',
  },
  build(template, needs, { directory: { groups } }: WithPeople) {
    const { VpcId, ClusterSubnetId, SecondSubnetId, BindSecretArn, CertificateArn, LdapsHost, DomainName } = needs;
    const [DirectoryId, AdminSecretArn] = [needs.DirectoryId.value, needs.AdminSecretArn.value];
    // Who has a directory of their own administers it themselves: its Admin is in no secret of this stack.
    const condition = needs.existingDirectory.none;
    const [balancer, balancerId] = [needs.loadBalancerSecurityGroup, needs.loadBalancerSecurityGroup.get('GroupId')];
    const directoryArn = sub`arn:${partition}:ds:${region}:${accountId}:directory/${DirectoryId}`;
    const ldaps = { IpProtocol: 'tcp', FromPort: 636, ToPort: 636 };
    const own = template.resource(
      'PeopleSecurityGroup',
      new SecurityGroup({
        GroupDescription: 'LDAPS to the load balancer, HTTPS to AWS, from the people function',
        VpcId,
        SecurityGroupEgress: [
          { ...ldaps, DestinationSecurityGroupId: balancerId, Description: 'LDAPS to the load balancer' },
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'HTTPS to AWS' },
        ],
      }),
      { tag: 'people', condition },
    );
    const admitted = template.resource(
      'PeopleToLoadBalancer',
      new SecurityGroupIngress({
        ...ldaps,
        GroupId: balancerId,
        SourceSecurityGroupId: own.get('GroupId'),
        Description: 'LDAPS from the people function',
      }),
      {
        comment: 'Not in the group itself, which stays with the directory: this rule goes with the function.',
        condition,
      },
    );
    const { lambda, role } = lambdaFunction(template, peopleFunction, {
      code: PEOPLE_CODE,
      condition,
      network: { subnetIds: [ClusterSubnetId, SecondSubnetId], securityGroupId: own.get('GroupId') },
      environment: {
        ...{ DomainName, DirectoryId, LdapsHost, CertificateArn, AdminSecretArn, BindSecretArn },
        ShortName: needs.domain.shortName,
        SudoGroups: groups
          .filter(({ sudo }) => sudo)
          .map(({ name }) => name)
          .join(','),
        HandOverPrefix: sub`podlaunch/${stackName}/people/`,
      },
      grants: {
        ReadSecrets: [AdminSecretArn, BindSecretArn],
        HandPasswordsOver: sub`arn:${partition}:secretsmanager:${region}:${accountId}:secret:podlaunch/${stackName}/people/*`,
        SetPasswords: directoryArn,
        FindControllers: directoryArn,
        ReadCertificate: CertificateArn,
      },
      schedule: { properties: {} },
    });
    const FunctionArn = lambda.get('Arn');
    const { resource } = lambdaFunction(template, peopleAnswer, {
      code: PEOPLE_ANSWER_CODE,
      condition,
      grants: {
        AskPeople: FunctionArn,
        TakeOutOfVpc: FunctionArn,
        DeleteInterfaces: {
          to: sub`arn:${partition}:ec2:${region}:${accountId}:network-interface/*`,
          only: { 'ec2:Vpc': sub`arn:${partition}:ec2:${region}:${accountId}:vpc/${VpcId}` },
        },
      },
      resource: {
        id: 'People',
        properties: {
          FunctionArn,
          SecurityGroupId: own.get('GroupId'),
          // The first one is the first person's.
          Groups: groups.toSorted((one, other) => Number(other.sudo) - Number(one.sudo)).map(({ name }) => name),
          AdminUser: needs.AdminUser,
          AdminPublicKey: needs.AdminPublicKey,
        },
        options: {
          comment: 'Made before any node, deleted before what the function reaches the directory by.',
          dependsOn: [needs.ldapsListener, needs.ldapsRecord, admitted, balancer],
        },
      },
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
      peopleFunction: { arn: FunctionArn, ready: resource },
    };
  },
});
