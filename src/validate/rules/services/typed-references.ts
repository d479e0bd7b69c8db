import { isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { getAttParts } from '../../model/references.ts';
import { resource } from '../base/examples.ts';
import { all, property } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

/** A property that takes what some types give, which neither its name nor the schemas say. */
interface Taken {
  readonly type: string;
  readonly property: string;
  /** `TYPE` for its Ref, `TYPE.Attribute` for what Fn::GetAtt gives. */
  readonly from: readonly string[];
}

const EC2 = 'AWS::EC2::';
const ELB = 'AWS::ElasticLoadBalancingV2::';
const CLUSTER = 'AWS::SageMaker::Cluster';
const MOUNT = 'InstanceGroups.*.InstanceStorageConfigs.*.FsxLustreConfig';
const FUNCTION = [
  'AWS::Lambda::Function.Arn',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Version.FunctionArn',
  'AWS::Lambda::Alias.AliasArn',
];

const TAKEN: readonly Taken[] = [
  {
    type: `${EC2}Route`,
    property: 'GatewayId',
    from: [
      `${EC2}InternetGateway`,
      `${EC2}InternetGateway.InternetGatewayId`,
      `${EC2}VPNGateway`,
      `${EC2}VPNGateway.VPNGatewayId`,
      `${EC2}VPCEndpoint`,
      `${EC2}CarrierGateway`,
    ],
  },
  { type: `${EC2}Route`, property: 'NatGatewayId', from: [`${EC2}NatGateway`, `${EC2}NatGateway.NatGatewayId`] },
  { type: CLUSTER, property: `${MOUNT}.DnsName`, from: ['AWS::FSx::FileSystem.DNSName'] },
  { type: CLUSTER, property: `${MOUNT}.MountName`, from: ['AWS::FSx::FileSystem.LustreMountName'] },
  {
    type: `${ELB}TargetGroup`,
    property: 'Targets.*.Id',
    from: [
      `${EC2}Instance`,
      `${EC2}Instance.InstanceId`,
      `${EC2}Instance.PrivateIp`,
      `${EC2}NetworkInterface.PrimaryPrivateIpAddress`,
      `${ELB}LoadBalancer`,
      `${ELB}LoadBalancer.LoadBalancerArn`,
      ...FUNCTION,
    ],
  },
  {
    type: 'AWS::Route53::RecordSet',
    property: 'AliasTarget.DNSName',
    from: [
      ...[
        `${ELB}LoadBalancer.DNSName`,
        'AWS::ElasticLoadBalancing::LoadBalancer.DNSName',
        'AWS::ElasticLoadBalancing::LoadBalancer.CanonicalHostedZoneName',
      ],
      ...[
        'AWS::CloudFront::Distribution.DomainName',
        'AWS::ApiGateway::DomainName.DistributionDomainName',
        'AWS::ApiGateway::DomainName.RegionalDomainName',
      ],
      ...[
        'AWS::ApiGatewayV2::DomainName.RegionalDomainName',
        'AWS::GlobalAccelerator::Accelerator.DnsName',
        'AWS::Cognito::UserPoolDomain.CloudFrontDistribution',
      ],
      ...[
        'AWS::ElasticBeanstalk::Environment.EndpointURL',
        'AWS::Route53::RecordSet',
        'AWS::VpcLattice::Service.DnsEntry.DomainName',
        'AWS::AppSync::DomainName.AppSyncDomainName',
      ],
      ...[
        'AWS::AppRunner::Service.ServiceUrl',
        'AWS::ApiGateway::DomainNameV2.RegionalDomainName',
        'AWS::GlobalAccelerator::Accelerator.DualStackDnsName',
      ],
    ],
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    property: 'AlarmActions.*',
    from: [
      'AWS::SNS::Topic',
      'AWS::SNS::Topic.TopicArn',
      'AWS::AutoScaling::ScalingPolicy',
      'AWS::AutoScaling::ScalingPolicy.Arn',
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      'AWS::ApplicationAutoScaling::ScalingPolicy.Arn',
      'AWS::SSMIncidents::ResponsePlan',
      'AWS::SSMIncidents::ResponsePlan.Arn',
      ...FUNCTION,
    ],
  },
];

/** What a reference gives, as `TYPE` or `TYPE.Attribute`; undefined of what is not a resource of AWS's types. */
function givenBy(model: Model, value: Json): string | undefined {
  if (!isObject(value)) return undefined;
  const attribute = value['Fn::GetAtt'];
  const [id, name] = attribute === undefined ? [value['Ref']] : getAttParts(attribute);
  const type = typeof id === 'string' ? objectAt(model.resources, id)['Type'] : undefined;
  if (
    typeof type !== 'string' ||
    !type.startsWith('AWS::') ||
    /^AWS::(?:CloudFormation|Serverless)::|::MODULE$/.test(type)
  )
    return undefined;
  return name === undefined ? type : `${type}.${name}`;
}

function typed({ type, property: name, from }: Taken): Check {
  return property(type, name, (value, _, model) => {
    const given = givenBy(model, value);
    if (given === undefined || from.includes(given)) return false;
    const last = name.replace('.*', '').split('.').at(-1);
    const shown = from
      .slice(0, 2)
      .map((one) =>
        one.includes('.') ? `${one.split('.').slice(1).join('.')} of ${one.split('.')[0]}` : `Ref of ${one}`,
      );
    return {
      message: `${last} cannot be ${given.includes('.') ? given : `Ref of ${given}`}.`,
      hint: `It takes ${shown.join(', ')}.`,
    };
  });
}

const route = (gateway: string): string =>
  `${resource(`${EC2}Route`, 'RouteTableId: rtb-0123456789abcdef0', 'DestinationCidrBlock: 0.0.0.0/0', `GatewayId: ${gateway}`)}  Gateway: { Type: AWS::EC2::InternetGateway }\n  Attachment:\n    Type: AWS::EC2::VPCGatewayAttachment\n    Properties: { VpcId: vpc-0123456789abcdef0, InternetGatewayId: !Ref Gateway }\n  Nat:\n    Type: AWS::EC2::NatGateway\n    Properties: { SubnetId: subnet-0123456789abcdef0, ConnectivityType: private }\n`;

/** References to the wrong type, or the wrong attribute of the right one. */
export const TYPED_REFERENCE_RULES: readonly Rule[] = [
  {
    code: 'PL3124',
    name: 'reference-type',
    message: 'A property refers to a resource of a type that it cannot take, or to the wrong attribute.',
    why: RESOURCE_REFUSED,
    fix: 'Refer to what the message names.',
    url: resourcePage('aws-resource-ec2-route'),
    bad: [route('!Ref Nat # <-')],
    good: [route('!Ref Gateway')],
    check: all(...TAKEN.map(typed)),
  },
];
