import type { Presence } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import { SecurityGroupIngress } from '../../aws/generated/ec2-security-group-ingress.ts';
import { accountId, partition, region, stackName } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { AnyHandle, Template } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';
import { PEOPLE_CODE } from '../../functions/generated/people.ts';
import { PEOPLE_ANSWER_CODE } from '../../functions/generated/people-answer.ts';
import { peopleFunction } from '../../functions/people/function.ts';
import { peopleAnswer } from '../../functions/people-answer/function.ts';
import type { IfGiven } from '../base/needs.ts';
import type { MadeFunction } from '../function/function-input.ts';
import { lambdaFunction } from '../function/lambda-function.ts';

/** What of podlaunch.yaml matters to people. */
export interface WithPeople {
  readonly directory: { readonly groups: readonly { readonly name: string; readonly sudo: boolean }[] };
}

/** The directory, the way to it, and the first person. */
export interface PeopleInput {
  readonly condition: Presence;
  readonly VpcId: Expression<Id<'AWS::EC2::VPC.Id'>>;
  readonly subnetIds: readonly Expression<Id<'AWS::EC2::Subnet.Id'>>[];
  readonly loadBalancerGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  readonly DomainName: Expression<string>;
  readonly ShortName: Expression<string>;
  readonly DirectoryId: Expression<string>;
  readonly LdapsHost: Expression<string>;
  readonly CertificateArn: Expression<string>;
  readonly AuthorityKeySha256: Expression<string>;
  readonly AdminSecretArn: Expression<string>;
  readonly BindSecretArn: Expression<string>;
  readonly AdminUser: Expression<string>;
  readonly AdminPublicKey: Expression<string>;
  /** Is told of new administrators. */
  readonly AlarmTopicArn: IfGiven<Expression<string>>;
  /** Of choosePeoplePolicy. */
  readonly peoplePolicy: Expression<'true' | 'false'>;
  /** What of the stack must be there before the directory can be reached. */
  readonly after: readonly AnyHandle[];
}

/** Asks whether people get a policy of passwords. */
export function choosePeoplePolicy(form: Form) {
  return {
    peoplePolicy: form.flag('PeoplePasswordPolicy', {
      label: 'Policy for passwords of people',
      Description:
        'Passwords of people have at least 14 characters, and ten wrong ones within 15 minutes lock a person out for 15 minutes. Keys go on working.',
      Default: true,
    }),
  };
}

/** The function that makes people, its role, and the custom resource that has it make the first. */
export type MadePeople = Pick<MadeFunction<typeof peopleFunction>, 'lambda' | 'role'> &
  Pick<MadeFunction<typeof peopleAnswer>, 'resource'>;

/**
 * Makes the function that makes people, with its way to the load balancer, and the custom resource that has it make the
 * groups, the accounts that nodes search with, and the first person.
 */
export function makePeople(template: Template, { directory: { groups } }: WithPeople, input: PeopleInput): MadePeople {
  const { condition, VpcId, loadBalancerGroupId, DomainName, ShortName, DirectoryId, LdapsHost } = input;
  const { CertificateArn, AdminSecretArn, BindSecretArn, AlarmTopicArn: topic } = input;
  const directoryArn = sub`arn:${partition}:ds:${region}:${accountId}:directory/${DirectoryId}`;
  const ldaps = { IpProtocol: 'tcp', FromPort: 636, ToPort: 636 };
  const own = template.resource(
    'PeopleSecurityGroup',
    new SecurityGroup({
      GroupDescription: 'LDAPS to the load balancer, HTTPS to AWS, from the people function',
      VpcId,
      SecurityGroupEgress: [
        { ...ldaps, DestinationSecurityGroupId: loadBalancerGroupId, Description: 'LDAPS to the load balancer' },
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'HTTPS to AWS' },
      ],
    }),
    { tag: 'people', condition },
  );
  const admitted = template.resource(
    'PeopleToLoadBalancer',
    new SecurityGroupIngress({
      ...ldaps,
      GroupId: loadBalancerGroupId,
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
    network: { subnetIds: input.subnetIds, securityGroupId: own.get('GroupId') },
    environment: {
      ...{ DomainName, DirectoryId, LdapsHost, CertificateArn, AdminSecretArn, BindSecretArn },
      AuthorityKeySha256: input.AuthorityKeySha256,
      ShortName,
      AlarmTopicArn: topic.orEmpty,
      PeoplePolicy: input.peoplePolicy,
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
      TellOfAdministrators: { to: topic.value, ...(topic.given !== true && { when: topic.given }) },
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
        AdminUser: input.AdminUser,
        AdminPublicKey: input.AdminPublicKey,
      },
      options: {
        comment: 'Made before any node, deleted before what the function reaches the directory by.',
        dependsOn: [...input.after, admitted],
      },
    },
  });
  return { lambda, role, resource };
}
