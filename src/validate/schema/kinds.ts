import { type FunctionCall, has, isObject, ownEntry } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Hint } from '../model/finding.ts';
import { typeMade } from '../model/macros.ts';
import type { Model } from '../model/model.ts';
import { propertiesOf } from '../model/of-type.ts';
import { attributeSchema } from './attributes.ts';
import { type ResourceSchema, resolve, type Schema } from './schema.ts';
import { schemaFor } from './schema-for.ts';

/** What is wrong with a reference. */
interface KindFault {
  readonly code: string;
  readonly message: string;
  readonly hint?: Hint;
}

/** What a reference gives: the formats of the schemas, or TYPE.Property where they have none. */
interface Gives {
  readonly kinds: readonly string[];
  /** Whether it is told of the type itself: its Ref, or an attribute that is an ARN. */
  readonly certain: boolean;
}

/** Types of which Ref or GetAtt gives what a stack or a function of somebody's says. */
const OPEN = /^(?:AWS::CloudFormation::|Custom::|AWS::Serverless::|AWS::ServiceCatalog::)|::MODULE$/;

/** Types of which Ref gives a name or an id, never an ARN. */
const NAMED = new Set([
  ...['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::InstanceProfile', 'AWS::Lambda::Function'],
  ...['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup', 'AWS::DynamoDB::Table', 'AWS::KMS::Key'],
  ...['AWS::SSM::Parameter', 'AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::ECR::Repository'],
  ...['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Instance', 'AWS::ECS::Cluster'],
  ...['AWS::EFS::FileSystem', 'AWS::FSx::FileSystem', 'AWS::EKS::Cluster', 'AWS::DirectoryService::MicrosoftAD'],
  ...['AWS::CloudWatch::Alarm', 'AWS::Cognito::UserPool', 'AWS::CodeBuild::Project', 'AWS::CodePipeline::Pipeline'],
]);

/**
 * What is wrong with what Ref, Fn::GetAtt or a parameter of one of AWS's types gives, where something else is needed:
 * a role's name for an ARN, a secret's ARN for a subnet's id. Nothing is said of what stacks, macros and custom
 * resources give.
 * @param key the property that takes it
 */
export function kindFault(model: Model, call: FunctionCall, schema: Schema, key: string): KindFault | undefined {
  const strict = formatsOf(schema);
  const wanted = strict.length > 0 ? strict : schema.refersTo === undefined ? [] : [schema.refersTo];
  const arnPattern = /^\^?arn:/.test(schema.pattern ?? '') ? schema.pattern! : undefined;
  const arn = wanted.length === 0 && (/(?:Arn|ARN)s?$/.test(key) || arnPattern !== undefined);
  if (wanted.length === 0 && !arn && schema.pattern === undefined) return undefined;
  const gives = givenBy(model, call);
  if (!gives || gives.kinds.some((kind) => wanted.includes(kind))) return undefined;
  const code = call.name === 'Ref' ? 'E1041' : 'E1040';
  const [given = 'something else'] = gives.kinds;
  if (wanted.length > 0) {
    if (strict.length === 0 && !gives.certain) return undefined;
    return fault(code, call, nameOf(given), nameOf(wanted[0]!));
  }
  if (arn && call.name === 'Ref' && NAMED.has(typeOf(model, call.argument) ?? ''))
    return { ...fault(code, call, nameOf(given), 'an ARN'), hint: 'Take the ARN by Fn::GetAtt.' };
  const service = arnPattern === undefined ? ownEntry(TAKERS, key) : serviceOf(arnPattern);
  if (
    service !== undefined &&
    /^AWS::\w+::\w+\.Arn$/.test(given) &&
    (SERVICES[given.split('.')[0]!] ?? service) !== service
  )
    return fault(code, call, nameOf(given), `an ARN of ${service}`);
  return undefined;
}

/** The services in the ARNs that properties take, where their names say it. */
const TAKERS: Readonly<Record<string, string>> = {
  CertificateArn: 'acm',
  AcmCertificateArn: 'acm',
  TopicArn: 'sns',
  TopicARN: 'sns',
  QueueArn: 'sqs',
  KmsKeyArn: 'kms',
  LambdaFunctionArn: 'lambda',
};

/** The service in the pattern of an ARN, where the pattern names one. */
function serviceOf(pattern: string): string | undefined {
  return /^\^?arn:(?:aws)?(?:[^:]|\(\?:|\[:)*:([a-z0-9-]+):/.exec(pattern)?.[1];
}

/** The services in the ARNs of types that others often refer to. */
const SERVICES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'iam',
  'AWS::IAM::User': 'iam',
  'AWS::S3::Bucket': 's3',
  'AWS::SQS::Queue': 'sqs',
  'AWS::Lambda::Function': 'lambda',
  'AWS::KMS::Key': 'kms',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Logs::LogGroup': 'logs',
  'AWS::ECR::Repository': 'ecr',
  'AWS::Kinesis::Stream': 'kinesis',
  'AWS::Events::Rule': 'events',
  'AWS::ECS::Cluster': 'ecs',
};

function fault(code: string, { name }: FunctionCall, given: string, needed: string): KindFault {
  return { code, message: `${name} gives ${given} here, but ${needed} is needed.` };
}

/** `AWS::EC2::Subnet.Id` in words. */
function nameOf(kind: string): string {
  const [type = '', property] = kind.split('.');
  return property === undefined ? kind : `the ${property} of ${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type}`;
}

/** The kinds that a schema's format names. */
function formatsOf({ format, anyOf }: Schema): readonly string[] {
  const named = [format, ...(anyOf ?? []).map((one) => one.format)].flatMap((one) =>
    one?.includes('::') ? [one] : [],
  );
  return named.map(single);
}

/** A list of ids is of the kind of its entries. */
function single(kind: string): string {
  return kind.replace(/\.Ids$/, '.Id').replace(/\.Names$/, '.Name');
}

function givenBy(model: Model, call: FunctionCall): Gives | undefined {
  if (call.name === 'Ref' && typeof call.argument === 'string') {
    const parameter = ownEntry(model.parameters, call.argument);
    return isObject(parameter) ? parameterGives(parameter['Type']) : refGives(model, call.argument);
  }
  return call.name === 'Fn::GetAtt' ? attributeGives(model, call.argument) : undefined;
}

/** What parameters of AWS's types give (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html). */
const PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::EC2::Image::Id': 'AWS::EC2::Image.Id',
  'AWS::EC2::Instance::Id': 'AWS::EC2::Instance.InstanceId',
  'AWS::EC2::KeyPair::KeyName': 'AWS::EC2::KeyPair.KeyName',
  'AWS::EC2::SecurityGroup::GroupName': 'AWS::EC2::SecurityGroup.Name',
  'AWS::EC2::SecurityGroup::Id': 'AWS::EC2::SecurityGroup.Id',
  'AWS::EC2::Subnet::Id': 'AWS::EC2::Subnet.Id',
  'AWS::EC2::Volume::Id': 'AWS::EC2::Volume.VolumeId',
  'AWS::EC2::VPC::Id': 'AWS::EC2::VPC.Id',
  'AWS::Route53::HostedZone::Id': 'AWS::Route53::HostedZone.Id',
};

function parameterGives(type: Json | undefined): Gives | undefined {
  const [inner] = typeof type === 'string' ? (/[\w:]+(?=>*$)/.exec(type) ?? []) : [];
  const kind = ownEntry(PARAMETERS, inner);
  return kind === undefined ? undefined : { kinds: [kind], certain: true };
}

function refGives(model: Model, name: string): Gives | undefined {
  const root = schemaOf(model, name);
  if (!root) return undefined;
  if (root.typeName === 'AWS::EC2::SecurityGroup') {
    const inVpc = has(propertiesOf(model, name), 'VpcId');
    return { kinds: [`AWS::EC2::SecurityGroup.${inVpc ? 'Id' : 'Name'}`], certain: inVpc };
  }
  if (root.ref !== undefined) return { kinds: [root.ref], certain: true };
  const [pointer, ...more] = root.primaryIdentifier ?? [];
  if (pointer === undefined || more.length > 0) return { kinds: [], certain: false };
  const property = pointer.split('/').at(-1)!;
  const written = root.properties?.[property];
  const formats = typeof written === 'object' ? formatsOf(resolve(root, written)) : [];
  return { kinds: formats.length > 0 ? formats : [`${root.typeName}.${property}`], certain: true };
}

function attributeGives(model: Model, argument: Json): Gives | undefined {
  const [name, attribute] =
    typeof argument === 'string'
      ? [argument.slice(0, argument.indexOf('.')), argument.slice(argument.indexOf('.') + 1)]
      : Array.isArray(argument)
        ? argument
        : [];
  if (typeof name !== 'string' || typeof attribute !== 'string') return undefined;
  const root = schemaOf(model, name);
  const schema = root && attributeSchema(root, attribute);
  if (!root || !schema || (root.typeName === 'AWS::SSM::Parameter' && attribute === 'Value')) return undefined;
  const formats = formatsOf(schema);
  const certain = /(?:Arn|ARN)$/.test(attribute) || formats.length > 0;
  return { kinds: formats.length > 0 ? formats : [`${root.typeName}.${attribute}`], certain };
}

function schemaOf(model: Model, name: string): ResourceSchema | undefined {
  const type = typeOf(model, name);
  return type === undefined || OPEN.test(type) ? undefined : schemaFor(type);
}

function typeOf({ resources }: Model, name: Json | undefined): string | undefined {
  return typeof name === 'string' && has(resources, name) ? typeMade(resources[name]) : undefined;
}
