import { isObject } from '../../../document/intrinsics.ts';
import { ofType } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { literal, properties, resources } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { type Keyed, keyOf, repeated } from '../base/unique.ts';
import { groupsAt, lets, placeOf, tcp } from './security-group-openings.ts';

const EC2 = 'AWS::EC2::';
const VPC = 'VpcId: vpc-0123456789abcdef0';
const REFUSED = 'EC2 refuses it, and the stack rolls back.';
const ENDPOINTS = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html';

const endpoint = (port: number, mark = ''): string =>
  several({
    Guard: [
      `${EC2}SecurityGroup`,
      'GroupDescription: a',
      VPC,
      `SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: 10.0.0.0/8 }]`,
    ],
    Endpoint: [
      `${EC2}VPCEndpoint`,
      VPC,
      'VpcEndpointType: Interface',
      'ServiceName: com.amazonaws.us-west-2.ssm',
      'SubnetIds: [subnet-0123456789abcdef0]',
      `SecurityGroupIds: [!Ref Guard]${mark}`,
    ],
  });

const twoNamed = (other: string, mark = ''): string => {
  const lines = ['VpcEndpointType: Interface', 'ServiceName: com.amazonaws.us-west-2.ssm', VPC];
  return several({
    One: [`${EC2}VPCEndpoint`, ...lines, 'PrivateDnsEnabled: true'],
    Other: [`${EC2}VPCEndpoint`, ...lines, `PrivateDnsEnabled: ${other}${mark}`],
  });
};

/** Endpoints of a VPC for services of AWS. */
export const VPC_ENDPOINT_RULES: readonly Rule[] = [
  {
    code: 'PL3132',
    name: 'gateway-endpoint-service',
    message: 'Only S3 and DynamoDB have gateway endpoints.',
    why: REFUSED,
    fix: 'Write VpcEndpointType: Interface, with subnets and security groups.',
    url: ENDPOINTS,
    bad: [
      several({
        Endpoint: [
          `${EC2}VPCEndpoint`,
          VPC,
          'ServiceName: !Sub com.amazonaws.${AWS::Region}.ssm # <-',
          'VpcEndpointType: Gateway',
        ],
      }),
    ],
    good: [
      several({
        Endpoint: [
          `${EC2}VPCEndpoint`,
          VPC,
          'ServiceName: !Sub com.amazonaws.${AWS::Region}.s3',
          'VpcEndpointType: Gateway',
        ],
      }),
    ],
    check: properties(
      `${EC2}VPCEndpoint`,
      ['ServiceName', 'VpcEndpointType'],
      ({ ServiceName, VpcEndpointType = 'Gateway' }) => {
        const text = literal(ServiceName) ?? (isObject(ServiceName) ? literal(ServiceName['Fn::Sub']) : undefined);
        return VpcEndpointType === 'Gateway' &&
          text !== undefined &&
          /^com\.amazonaws\.(?!vpce\.)/.test(text) &&
          !/\.(?:s3|dynamodb|\$\{\w+\})$/.test(text)
          ? ['ServiceName', `${text.split('.').slice(-1)[0]} has no gateway endpoint: only S3 and DynamoDB have.`]
          : undefined;
      },
    ),
  },
  {
    code: 'PL3133',
    name: 'endpoint-port',
    severity: 'warning',
    message: 'The security groups of an interface endpoint do not let HTTPS in.',
    why: 'Nobody reaches the endpoint, and with private names not the service either.',
    fix: 'Let TCP 443 in from the network.',
    url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    bad: [endpoint(80, ' # <-')],
    good: [endpoint(443)],
    check: resources(`${EC2}VPCEndpoint`, function* (object, path, model): Generator<Hit> {
      if (literal(object['VpcEndpointType']) !== 'Interface') return;
      const groups = groupsAt(model, object, 'SecurityGroupIds');
      if (groups && !lets(model, groups, 'Ingress', tcp(443)))
        yield {
          path: placeOf(object, path, 'SecurityGroupIds'),
          message: `${groups.join(', ')} does not let TCP 443 in.`,
          // The nodes of a cluster are then cut off from the service: its name leads to the endpoint alone.
          ...(literal(object['PrivateDnsEnabled']) === 'true' &&
            ofType(model, 'AWS::SageMaker::Cluster').length > 0 && { severity: 'error' as const }),
        };
    }),
  },
  {
    code: 'E3064',
    name: 'private-name-twice',
    message: 'Two endpoints of a VPC have the private name of the same service.',
    why: REFUSED,
    fix: 'Write PrivateDnsEnabled: true for one of them only.',
    url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html',
    bad: [twoNamed('true', ' # <-')],
    good: [twoNamed('false')],
    *check(model) {
      const named: Keyed[] = [];
      for (const { properties: own, path, known } of model.hasMacros ? [] : ofType(model, `${EC2}VPCEndpoint`)) {
        const [vpc, service] = [keyOf(own['VpcId']), keyOf(own['ServiceName'])];
        const isNamed = own['VpcEndpointType'] === 'Interface' && literal(own['PrivateDnsEnabled']) === 'true';
        if (isNamed && vpc !== undefined && service !== undefined)
          named.push({ key: JSON.stringify([vpc, service]), path: [...path, 'PrivateDnsEnabled'], known });
      }
      for (const [{ path }, first] of repeated(named, model))
        yield {
          path,
          message: `${String(first.path[1])} has the private name of this service in this VPC.`,
          related: [{ message: 'The first', path: first.path }],
        };
    },
  },
];
