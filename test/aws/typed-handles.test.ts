import { describe, expect, test } from 'vitest';
import { InternetGateway } from '../../src/aws/generated/ec2-internet-gateway.ts';
import { Route } from '../../src/aws/generated/ec2-route.ts';
import { RouteTable } from '../../src/aws/generated/ec2-route-table.ts';
import { Subnet } from '../../src/aws/generated/ec2-subnet.ts';
import { VPC } from '../../src/aws/generated/ec2-vpc.ts';
import { Role } from '../../src/aws/generated/iam-role.ts';
import { Function as LambdaFunction } from '../../src/aws/generated/lambda-function.ts';
import { HostedZone } from '../../src/aws/generated/route53-hosted-zone.ts';
import { Parameter } from '../../src/aws/generated/ssm-parameter.ts';
import { assumedBy } from '../../src/aws/policy.ts';
import { sub } from '../../src/aws/sub.ts';
import { Template } from '../../src/aws/template.ts';

// The lines marked @ts-expect-error are the test: `tsc` fails where one of them would compile.
describe('handles', () => {
  const template = new Template({ project: 'pod', title: 'types' });
  const vpc = template.resource('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' }), { tag: 'vpc' });
  const gateway = template.resource('Gateway', new InternetGateway({}), { tag: 'internet' });
  const role = template.resource('Role', new Role({ AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com') }), {
    tag: 'role',
  });
  const vpcId = template.parameter('VpcId', { Type: 'AWS::EC2::VPC::Id', group: 'g', label: 'l', Description: 'd' });

  test('an attribute that does not exist does not compile', () => {
    expect(vpc.get('CidrBlock').toJSON()).toEqual({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] });
    // @ts-expect-error a VPC has no Arn
    vpc.get('Arn');
  });

  test('a resource of another type does not compile', () => {
    new Subnet({ VpcId: vpc.ref() });
    new Subnet({ VpcId: vpcId.ref() });
    // @ts-expect-error an internet gateway is not a VPC
    new Subnet({ VpcId: gateway.ref() });
    // @ts-expect-error a plain string identifies nothing
    new Subnet({ VpcId: 'vpc-1' });
    // @ts-expect-error a VPC is not a gateway of a route
    new Route({ RouteTableId: vpc.ref() });
    // @ts-expect-error Ref of a role is its name, not its ARN
    new LambdaFunction({ Code: {}, Role: role.ref() });
    expect(new LambdaFunction({ Code: {}, Role: role.get('Arn') }).Type).toBe('AWS::Lambda::Function');
  });

  test('a property that does not exist, or has another type, does not compile', () => {
    // @ts-expect-error CidrBlok
    new VPC({ CidrBlok: '10.0.0.0/16' });
    // @ts-expect-error no boolean
    new VPC({ EnableDnsSupport: 'yes' });
    // @ts-expect-error VpcId is required
    new Subnet({});
    // @ts-expect-error not one of the allowed values
    new LambdaFunction({ Code: {}, Role: role.get('Arn'), PackageType: 'Tar' });
    expect(new VPC({ EnableDnsSupport: true }).Properties).toEqual({ EnableDnsSupport: true });
  });

  test('what takes tags gets the project and a name, and does not compile without one', () => {
    const tagged = new Template({ project: 'pod', title: 'tags' });
    tagged.resource('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' }), { tag: 'vpc' });
    const table = tagged.resource('Table', new RouteTable({ VpcId: vpc.ref() }), { tag: 'private' });
    tagged.resource('Zone', new HostedZone({ Name: 'example.com' }), { tag: 'zone' });
    tagged.resource('Settings', new Parameter({ Type: 'String', Value: 'a' }));
    tagged.resource('Route', new Route({ RouteTableId: table.ref() }));
    // @ts-expect-error a subnet has a name in the console
    tagged.resource('Subnet', new Subnet({ VpcId: vpc.ref() }));
    const { Resources } = tagged.body() as any;
    const tags = [
      { Key: 'Name', Value: 'pod-vpc' },
      { Key: 'podlaunch:project', Value: 'pod' },
    ];
    expect(Resources.Vpc.Properties).toEqual({ CidrBlock: '10.0.0.0/16', Tags: tags });
    expect(Resources.Zone.Properties.HostedZoneTags[0]).toEqual({ Key: 'Name', Value: 'pod-zone' });
    expect(Resources.Settings.Properties.Tags).toEqual({ 'podlaunch:project': 'pod' });
    expect(Object.keys(Resources.Route.Properties)).toEqual(['RouteTableId']);
  });

  test('a name is declared once', () => {
    expect(() => template.resource('Vpc', new VPC({}), { tag: 'vpc' })).toThrow('Vpc is declared twice');
  });

  test('sub takes references, attributes and other expressions', () => {
    expect(sub`${vpc.ref()} ${vpc.get('CidrBlock')} \${Literal} ${1}`.toJSON()).toEqual({
      'Fn::Sub': '${Vpc} ${Vpc.CidrBlock} ${!Literal} 1',
    });
    expect(sub`a ${{ Inner: sub`b ${vpc.ref()}` }} ${sub`c`}`.toJSON()).toEqual({
      'Fn::Sub': ['a ${Inner} ${Value2}', { Inner: sub`b ${vpc.ref()}`, Value2: sub`c` }],
    });
  });
});
