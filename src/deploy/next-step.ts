import type { ResourceEvent } from './events.ts';

interface Advice {
  /** What the logical id or the type must match. */
  readonly of?: RegExp;
  /** What the reason must match. */
  readonly says?: RegExp;
  readonly next: string;
}

/** What to do, by what failed and what CloudFormation says: the first that fits. docs/launcher.md has the same for people who read. */
const ADVICE: readonly Advice[] = [
  {
    says: /S3 error: Access Denied|AccessDenied.*s3|S3 error/i,
    next: 'Your account cannot read the release. Tell its publisher: podlaunch publish checks this before it hands out a link.',
  },
  {
    of: /^Preflight$/,
    next: 'Correct what it names, and run the same command again. podlaunch preflight looks without making anything.',
  },
  {
    of: /^Assets$/,
    next: 'Template and files are of two releases, or the release was changed. Deploy another version, and tell the publisher.',
  },
  {
    says: /VpcLimitExceeded|InternetGatewayLimitExceeded|maximum number of VPCs/i,
    next: 'The region is full. Delete a VPC, or raise the quota "VPCs per Region", and run the same command again.',
  },
  {
    says: /AddressLimitExceeded|maximum number of addresses/i,
    next: 'Release an elastic address (aws ec2 describe-addresses), or raise the quota "EC2-VPC Elastic IPs".',
  },
  {
    says: /insufficient capacity|not have sufficient|capacity/i,
    next: 'AWS has none of these instances in the zone now. Take another zone (ClusterZoneId) or type, or a training plan, or try again later.',
  },
  {
    says: /ResourceLimitExceeded|service limit|quota|LimitExceeded|limit exceeded/i,
    next: 'Ask for more in Service Quotas, or choose less, and run the same command again. podlaunch preflight shows what there is.',
  },
  {
    says: /availability zone|\bAZ\b/i,
    next: 'Choose both zones yourself, by id: --param ClusterZoneId=usw2-az1 --param SecondZoneId=usw2-az2.',
  },
  {
    of: /^CertificateCheck$/,
    next: 'Import the certificate in this region, as RSA 2048 to 4096 or EC P-256 to P-521, and give its ARN as CertificateArn.',
  },
  {
    of: /^TargetsAligned$/,
    next: "The load balancer's subnets do not reach port 389 of the controllers. Check their security group, the routes and ExistingOutsideVpc.",
  },
  {
    of: /^People$/,
    next: 'Look at the function’s log: podlaunch logs. Then run the same command again.',
  },
  {
    of: /SageMaker::Cluster$/,
    says: /lifecycle/i,
    next: "Look at the controller's log, which ends with a PLN-… code: podlaunch logs. docs/nodes/faults.md explains it.",
  },
  {
    of: /SageMaker::Cluster$/,
    says: /CreateNetworkInterfacePermission/,
    next: "Remove the condition on ec2:AuthorizedService from the role's policy, and tell podlaunch's maintainers.",
  },
  {
    says: /not authorized to perform|AccessDenied|UnauthorizedOperation|is not authorized|403/i,
    next: 'Your role may not do this. docs/permissions.md has the policy of a launcher; a service control policy may forbid it too.',
  },
  {
    says: /already exists/i,
    next: 'Something of this name is left from an earlier launch. Delete it, or deploy under another --stack-name and ClusterName.',
  },
  {
    of: /^AWS::CloudFormation::CustomResource$|^Custom::/,
    next: "Look at the function's log: podlaunch logs.",
  },
  {
    says: /has dependencies|DependencyViolation|in use|still attached/i,
    next: 'Something that the stack did not make is still in it: docs/clean-up.md lists it. Then run the same command again.',
  },
];

/** What podlaunch advises where a resource failed. */
export function nextStep({ id, type, reason = '' }: Pick<ResourceEvent, 'id' | 'type' | 'reason'>): string {
  const fits = ADVICE.find(
    ({ of, says }) => (of === undefined || of.test(id) || of.test(type)) && (says === undefined || says.test(reason)),
  );
  return fits?.next ?? 'Correct what CloudFormation names, and run the same command again.';
}
