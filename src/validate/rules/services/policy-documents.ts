import { isObject } from '../../../document/intrinsics.ts';
import { memo } from '../../model/memo.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { ownCondition } from '../../model/resource.ts';
import { type Found, valuesAt } from '../base/look.ts';

/** Whom a policy is for: those who have it, those who use what has it, or those who may take a role on. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'repository';

/** A policy document in a template. */
export interface PolicyDocument extends Found {
  readonly kind: PolicyKind;
  /** The type of the resource that has it. */
  readonly type: string;
}

const NAMED = 'Policies.*.PolicyDocument';

/** Where types have policy documents. */
const PLACES: readonly (readonly [type: string, property: string, kind: PolicyKind])[] = [
  ['AWS::IAM::Role', 'AssumeRolePolicyDocument', 'trust'],
  ['AWS::IAM::Role', NAMED, 'identity'],
  ['AWS::IAM::User', NAMED, 'identity'],
  ['AWS::IAM::Group', NAMED, 'identity'],
  ['AWS::IAM::Policy', 'PolicyDocument', 'identity'],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', 'identity'],
  ['AWS::IAM::RolePolicy', 'PolicyDocument', 'identity'],
  ['AWS::IAM::UserPolicy', 'PolicyDocument', 'identity'],
  ['AWS::IAM::GroupPolicy', 'PolicyDocument', 'identity'],
  ['AWS::S3::BucketPolicy', 'PolicyDocument', 'resource'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument', 'resource'],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument', 'resource'],
  ['AWS::KMS::Key', 'KeyPolicy', 'resource'],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', 'resource'],
  ['AWS::EC2::VPCEndpoint', 'PolicyDocument', 'resource'],
  ['AWS::ECR::Repository', 'RepositoryPolicyText', 'repository'],
];

/** The policy documents of a template; none where a macro may change them. */
export const policyDocuments: (model: Model) => readonly PolicyDocument[] = memo((model) => {
  if (model.hasMacros) return [];
  return Object.entries(model.resources).flatMap(([id, resource]) => {
    if (!isObject(resource)) return [];
    const { Type } = resource;
    const known = ownCondition(resource);
    const path = ['Resources', id, 'Properties'];
    return PLACES.filter(([type]) => type === Type).flatMap(([type, property, kind]) =>
      [...valuesAt(objectAt(resource, 'Properties'), property, path, known)].map((found) => ({ ...found, type, kind })),
    );
  });
});
