import { describe, expect, test } from 'vitest';
import { InternetGateway } from '../../src/aws/generated/ec2-internet-gateway.ts';
import { Route } from '../../src/aws/generated/ec2-route.ts';
import { Subnet } from '../../src/aws/generated/ec2-subnet.ts';
import { VPC } from '../../src/aws/generated/ec2-vpc.ts';
import { Role } from '../../src/aws/generated/iam-role.ts';
import { Function as LambdaFunction } from '../../src/aws/generated/lambda-function.ts';
import { assumedBy } from '../../src/aws/policy.ts';
import { sub } from '../../src/aws/sub.ts';
import { Template } from '../../src/aws/template.ts';

// The lines marked @ts-expect-error are the test: `tsc` fails where one of them would compile.
describe('handles', () => {
  const template = new Template('types');
  const vpc = template.resource('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' }));
  const gateway = template.resource('Gateway', new InternetGateway({}));
  const role = template.resource('Role', new Role({ AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com') }));
  const vpcId = template.parameter('VpcId', { Type: 'AWS::EC2::VPC::Id', group: 'g', label: 'l', Description: 'd' });

  test('an attribute that does not exist does not compile', () => {
    expect(vpc.get('CidrBlock').toJSON()).toEqual({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] });
    // @ts-expect-error a VPC has no Arn
    vpc.get('Arn');
  });

  test('a resource of another type does not compile', () => {
    new Subnet({ VpcId: vpc.ref() });
    new Subnet({ VpcId: vpcId.ref() });
    // @ts-expect-error an internet gateway is no VPC
    new Subnet({ VpcId: gateway.ref() });
    // @ts-expect-error a plain string identifies nothing
    new Subnet({ VpcId: 'vpc-1' });
    // @ts-expect-error a VPC is no gateway of a route
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

  test('a name is declared once', () => {
    expect(() => template.resource('Vpc', new VPC({}))).toThrow('Vpc is declared twice');
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
