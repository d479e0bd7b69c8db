import { why } from '../../aws/comments.ts';
import { when } from '../../aws/conditions.ts';
import { ManagedPolicy } from '../../aws/generated/iam-managed-policy.ts';
import { Document } from '../../aws/generated/ssm-document.ts';
import { accountId, noValue, partition, region, stackId } from '../../aws/intrinsics.ts';
import { CLUSTER_ARN } from '../../aws/patterns.ts';
import { policy, type Statement } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import type { BastionEndpoint } from '../base/handed.ts';
import { made, text } from '../base/needs.ts';
import { part } from '../base/part.ts';
import type { WithGroups } from '../cluster/instance-groups.ts';
import { clusterId, loginGroup, sshStanza } from '../cluster/login-group.ts';
import { VPC_CIDR_BLOCK } from '../network/network-needs.ts';

/**
 * What a researcher may do in AWS: open a connection to port 22 of a login node, and list the nodes. Systems Manager's
 * own documents would give a shell as root (SSM-SessionManagerRunShell), a command, or any port (AWS-StartSSHSession).
 */
export const researcherPolicy = part({
  name: 'researcher-policy',
  needs: {
    ClusterArn: text<string>({
      group: 'Cluster (output of the stack cluster)',
      label: 'Cluster',
      Description: 'The cluster that people log in on.',
      ...CLUSTER_ARN,
    }),
    VpcCidr: VPC_CIDR_BLOCK,
    bastionEndpoint: made,
  },
  build(template, { ClusterArn, VpcCidr, bastionEndpoint }, settings: WithGroups) {
    const group = loginGroup(settings);
    const document = template.resource(
      'SshDocument',
      new Document({
        DocumentType: 'Session',
        Content: {
          schemaVersion: '1.0',
          description: 'Connects to port 22, and to no other port.',
          sessionType: 'Port',
          properties: { portNumber: '22' },
        },
      }),
      { tag: 'ssh' },
    );
    const researcher = template.resource(
      'ResearcherPolicy',
      new ManagedPolicy({
        Description: 'SSH to the login nodes of the cluster, and nothing else of Systems Manager',
        PolicyDocument: policy(
          {
            Sid: 'ConnectToLoginNodes',
            Effect: 'Allow',
            Action: 'ssm:StartSession',
            Resource: [
              sub`arn:${partition}:ssm:${region}:${accountId}:document/${document.ref()}`,
              sub`arn:${partition}:ssm:${region}:*:managed-instance/sagemaker-cluster:${{ ClusterId: clusterId(ClusterArn) }}_${group}-*`,
              ClusterArn,
            ],
            // Without it a session that names no document is not checked, and gets the default one: a shell.
            Condition: { BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' } },
          },
          why('Also where another policy of the same person allows them.', {
            Sid: 'NoOtherDocuments',
            Effect: 'Deny' as const,
            Action: 'ssm:StartSession',
            Resource: [
              ...['AWS-PasswordReset', 'AWS-StartInteractiveCommand', 'AWS-StartNonInteractiveCommand'],
              ...[
                'AWS-StartPortForwardingSession',
                'AWS-StartPortForwardingSessionToRemoteHost',
                'AWS-StartSSHSession',
              ],
            ]
              .map((name) => sub`arn:${partition}:ssm:${region}::document/${name}`)
              .concat(sub`arn:${partition}:ssm:${region}:${accountId}:document/SSM-SessionManagerRunShell`),
          }),
          {
            Sid: 'OwnSessions',
            Effect: 'Allow',
            Action: ['ssm:ResumeSession', 'ssm:TerminateSession'],
            Resource: sub`arn:${partition}:ssm:${region}:${accountId}:session/${'${aws:userid}'}-*`,
          },
          {
            Sid: 'ListNodes',
            Effect: 'Allow',
            Action: ['sagemaker:DescribeCluster', 'sagemaker:DescribeClusterNode', 'sagemaker:ListClusterNodes'],
            Resource: ClusterArn,
          },
          { Sid: 'ReadThisStack', Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: stackId },
          when(bastionEndpoint.wanted, throughEndpoint(bastionEndpoint, VpcCidr), noValue),
        ),
      }),
    );
    return {
      ResearcherPolicyArn: researcher.ref(),
      SshDocument: document.ref(),
      ResearcherSshConfig: sshStanza(group, ClusterArn, document.ref()),
    };
  },
  gives: {
    ResearcherPolicyArn: 'Policy to attach to the roles or users of researchers.',
    SshDocument: 'Session document of Systems Manager that connects to port 22 and does nothing else.',
    ResearcherSshConfig: 'For ~/.ssh/config of people who have the policy: then ssh NAME@GROUP-INSTANCEID.',
  },
});

function throughEndpoint({ arn }: BastionEndpoint, vpcCidr: Expression<string>): Statement {
  return {
    Sid: 'ConnectThroughEndpoint',
    Effect: 'Allow',
    Action: 'ec2-instance-connect:OpenTunnel',
    Resource: arn,
    Condition: {
      NumericEquals: { 'ec2-instance-connect:remotePort': '22' },
      NumericLessThanEquals: { 'ec2-instance-connect:maxTunnelDuration': '3600' },
      IpAddress: { 'ec2-instance-connect:privateIpAddress': vpcCidr },
    },
  };
}
