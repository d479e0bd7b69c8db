import type { Id } from './value.ts';

/** What a parameter of each CloudFormation type gives. */
export interface ParameterTypes {
  String: string;
  Number: number;
  CommaDelimitedList: readonly string[];
  'AWS::EC2::VPC::Id': Id<'AWS::EC2::VPC.Id'>;
  'AWS::EC2::Subnet::Id': Id<'AWS::EC2::Subnet.Id'>;
  'AWS::EC2::SecurityGroup::Id': Id<'AWS::EC2::SecurityGroup.Id'>;
}

/** A template parameter: CloudFormation's own keys, and where it is in the console's form. */
export interface ParameterOptions {
  readonly Type: keyof ParameterTypes;
  /** The console's group and label (AWS::CloudFormation::Interface). Groups keep the order of their first parameter. */
  readonly group: string;
  readonly label: string;
  readonly Description: string;
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  /** What CloudFormation says when the value is refused: what is allowed, and an example. */
  readonly ConstraintDescription?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  readonly NoEcho?: boolean;
}

/** What a parameter gives: one of its allowed values where it lists them, else what its type gives. */
export type Given<P extends ParameterOptions> = P['AllowedValues'] extends readonly (infer V)[]
  ? V
  : ParameterTypes[P['Type']];
