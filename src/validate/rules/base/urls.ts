const USER_GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** A page of CloudFormation's user guide. */
export const guide = (page: string): string => `${USER_GUIDE}/${page}.html`;

/** The page of an intrinsic function. */
export const functionPage = (name: string): string => `${USER_GUIDE}/intrinsic-function-reference-${name}.html`;

/** The page of a resource type or a property of one: `aws-resource-ec2-route`. */
export const resourcePage = (page: string): string => `${REFERENCE}/${page}.html`;

/** The list of resource types and their properties. */
export const TYPES: string = resourcePage('aws-template-resource-type-ref');
