import type { JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import type { ConditionValues } from '../../model/conditions.ts';
import type { Model } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { together } from '../../model/together.ts';
import { several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { all, literal, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';

const EC2 = 'AWS::EC2::';
const REFUSED = 'EC2 refuses to use them together, and the stack rolls back.';

/** A group and a subnet of the template: of one VPC, or of two. */
const guardedBy = (groupOf: string, type: string, ...lines: readonly string[]): string =>
  several({
    One: [`${EC2}VPC`, 'CidrBlock: 10.0.0.0/16'],
    Other: [`${EC2}VPC`, 'CidrBlock: 10.1.0.0/16'],
    Subnet: [`${EC2}Subnet`, 'VpcId: !Ref One', 'CidrBlock: 10.0.0.0/24'],
    Guard: [`${EC2}SecurityGroup`, 'GroupDescription: a', `VpcId: !Ref ${groupOf}`],
    Example: [type, ...lines],
  });
const template = (groupOf: string, mark = ''): string =>
  guardedBy(
    groupOf,
    `${EC2}LaunchTemplate`,
    'LaunchTemplateData:',
    `  NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: !Ref Subnet, Groups: [!Ref Guard] }]${mark}`,
  );
const balancer = (groupOf: string, mark = ''): string =>
  guardedBy(
    groupOf,
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'Type: network',
    'Subnets: [!Ref Subnet]',
    `SecurityGroups: [!Ref Guard]${mark}`,
  );

/** The VPC of a subnet or group of the template: a resource of it, or an id that is written out. */
function vpcOf(model: Model, value: Json | undefined, type: string): string | undefined {
  const { VpcId } = propertiesOf(model, resourceOf(model, value, type));
  // Two parameters may be given the same VPC.
  return resourceOf(model, VpcId, `${EC2}VPC`) ?? literal(VpcId);
}

/** Where resources name subnets and groups: they must be of one VPC. */
function oneVpc(type: string, subnets: string, groups: string): Check {
  return resources(type, function* (object, path, model, known): Generator<Hit> {
    const found = subnetsAt(object, subnets, model, known);
    for (const { value, path: at, known: there } of valuesAt(object, groups, path, known)) {
      const vpc = vpcOf(model, value, `${EC2}SecurityGroup`);
      const other =
        vpc === undefined ? undefined : found.find((one) => one.vpc !== vpc && together(model, there, one.known));
      if (other !== undefined)
        yield { path: at, message: `The security group is of the VPC ${vpc}, but a subnet here is of ${other.vpc}.` };
    }
  });
}

function subnetsAt(
  object: JsonObject,
  name: string,
  model: Model,
  known: ConditionValues,
): readonly { readonly vpc: string; readonly known: ConditionValues }[] {
  return valuesAt(object, name, [], known).flatMap((one) => {
    const vpc = vpcOf(model, one.value, `${EC2}Subnet`);
    return vpc === undefined ? [] : [{ vpc, known: one.known }];
  });
}

/** What must be in one VPC. */
export const VPC_RULES: readonly Rule[] = [
  {
    code: 'E3714',
    name: 'launch-template-vpc',
    message: 'A launch template has a security group of another VPC than its subnet.',
    why: 'The template is made, and every launch with it fails.',
    fix: 'Take a security group of the VPC of the subnet.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html',
    bad: [template('Other', ' # <-')],
    good: [template('One')],
    check: all(
      oneVpc(
        `${EC2}LaunchTemplate`,
        'LaunchTemplateData.NetworkInterfaces.*.SubnetId',
        'LaunchTemplateData.SecurityGroupIds.*',
      ),
      oneVpc(`${EC2}LaunchTemplate/LaunchTemplateData.NetworkInterfaces.*`, 'SubnetId', 'Groups.*'),
    ),
  },
  {
    code: 'PL3172',
    name: 'security-group-vpc',
    message: 'A security group is of another VPC than the subnets that it is used with.',
    why: REFUSED,
    fix: 'Take a security group of the VPC of the subnets.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-groups.html',
    bad: [balancer('Other', ' # <-')],
    good: [balancer('One')],
    check: all(
      oneVpc(`${EC2}Instance`, 'SubnetId', 'SecurityGroupIds.*'),
      oneVpc(`${EC2}Instance/NetworkInterfaces.*`, 'SubnetId', 'GroupSet.*'),
      oneVpc(`${EC2}NetworkInterface`, 'SubnetId', 'GroupSet.*'),
      oneVpc(`${EC2}VPCEndpoint`, 'SubnetIds.*', 'SecurityGroupIds.*'),
      oneVpc('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Subnets.*', 'SecurityGroups.*'),
      oneVpc('AWS::FSx::FileSystem', 'SubnetIds.*', 'SecurityGroupIds.*'),
      oneVpc('AWS::Lambda::Function', 'VpcConfig.SubnetIds.*', 'VpcConfig.SecurityGroupIds.*'),
      oneVpc('AWS::SageMaker::Cluster', 'VpcConfig.Subnets.*', 'VpcConfig.SecurityGroupIds.*'),
      oneVpc('AWS::SageMaker::Cluster/InstanceGroups.*.OverrideVpcConfig', 'Subnets.*', 'SecurityGroupIds.*'),
    ),
  },
];
