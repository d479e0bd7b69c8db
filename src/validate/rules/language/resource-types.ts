import { nearest } from '../../../diagnostics/nearest.ts';
import { isObject } from '../../../document/intrinsics.ts';
import type { Model } from '../../model/model.ts';
import { didYouMean } from '../../model/shape.ts';
import { aboutSchemas, isKnownType, schemaFor, typeNames } from '../../schema/schema-for.ts';
import { resource } from '../base/examples.ts';
import { across } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Check, Rule } from '../base/rule.ts';
import { TYPES } from '../base/urls.ts';

const marked = (type: string): string => resource(type).replace(type, `${type} # <-`);

/** Each resource's type, with its place. */
function types(look: (type: string, path: readonly string[], model: Model) => ReturnType<Check>): Check {
  return across(function* (model) {
    for (const [name, one] of Object.entries(model.resources))
      if (isObject(one) && typeof one['Type'] === 'string')
        yield* look(one['Type'], ['Resources', name, 'Type'], model);
  });
}

/** Whether a type that CloudFormation does not have looks like one of its own. Others may be private ones. */
function isMisspelt(type: string): boolean {
  const [owner = '', , , module] = type.split('::');
  if (module === 'MODULE' || owner === 'Custom') return false;
  return nearest(owner, ['AWS']) !== undefined && !isKnownType(type);
}

/** Types whose service has come to a stage of its end, as the schemas say. */
function stage(status: string, words: (type: string, date: string | undefined) => string): Check {
  return types(function* (type, path) {
    const lifecycle = schemaFor(type)?.lifecycle;
    if (lifecycle?.status === status) yield { message: words(type, lifecycle.date), path };
  });
}

const SUNSET = 'https://docs.aws.amazon.com/general/latest/gr/service-lifecycle.html';

/** Types of resources, against the list of all that CloudFormation's registry has. */
export const RESOURCE_TYPE_RULES: readonly Rule[] = [
  {
    code: 'E3006',
    name: 'resource-type',
    message: 'CloudFormation has no such type of resource.',
    why: TEMPLATE_REFUSED,
    fix: 'Write the whole type: AWS::Service::Resource, or Custom::Name.',
    url: TYPES,
    bad: [marked('InternetGateway'), marked('AWS::EC2::Subnett'), marked('AWSS::EC2::Subnet')],
    good: [resource('AWS::EC2::InternetGateway'), resource('Acme::Network::Firewall')],
    check: types(function* (type, path) {
      const isType = /^(?:[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2,3}|Custom::[\w@-]+|[A-Za-z0-9:]+::MODULE)$/.test(type);
      if (!isType)
        yield {
          message: `${JSON.stringify(type)} is not a type of resource.`,
          path,
          hint: didYouMean(type, typeNames),
        };
      else if (isMisspelt(type))
        yield {
          message: `CloudFormation has no type ${type}.`,
          path,
          hint: didYouMean(type, typeNames, `${aboutSchemas()} If the type is newer, renew podlaunch.`),
        };
    }),
  },
  {
    code: 'E3038',
    name: 'serverless-transform',
    message: 'The template uses a type of AWS SAM without the macro of SAM.',
    why: 'CloudFormation refuses the template: it knows such types only by the macro.',
    fix: 'Add the key Transform: AWS::Serverless-2016-10-31.',
    url: TYPES,
    bad: [marked('AWS::Serverless::SimpleTable')],
    good: [`Transform: AWS::Serverless-2016-10-31\n${resource('AWS::Serverless::SimpleTable')}`],
    check: types(function* (type, path, { isServerless }) {
      if (type.startsWith('AWS::Serverless::') && !isServerless) yield { path };
    }),
  },
  {
    code: 'E3710',
    name: 'service-shut-down',
    message: 'The service of this type has been shut down.',
    why: 'The resource cannot be created.',
    fix: 'Take the service that AWS names as its successor.',
    url: SUNSET,
    bad: [marked('AWS::QLDB::Ledger')],
    good: [resource('AWS::EC2::InternetGateway')],
    check: stage('shutdown', (type, date) => `The service of ${type} was shut down${date ? ` on ${date}` : ''}.`),
  },
  {
    code: 'W3696',
    name: 'service-sunset',
    message: 'The service of this type will be shut down.',
    why: 'New customers cannot use it, and its resources will be gone.',
    fix: 'Take the service that AWS names as its successor.',
    url: SUNSET,
    bad: [marked('AWS::AppMesh::Mesh')],
    good: [resource('AWS::EC2::InternetGateway')],
    check: stage('sunset', (type, date) => `The service of ${type} will be shut down${date ? ` on ${date}` : ''}.`),
  },
  {
    code: 'W3697',
    name: 'service-in-maintenance',
    message: 'This type gets no more features.',
    why: 'New accounts may not be able to use it, and one day it will be shut down.',
    fix: 'Take what AWS names as its successor, such as a launch template instead of a launch configuration.',
    url: SUNSET,
    bad: [marked('AWS::Cloud9::EnvironmentEC2'), marked('AWS::AutoScaling::LaunchConfiguration')],
    good: [resource('AWS::EC2::InternetGateway')],
    check: stage('maintenance', (type, date) => `${type} gets no more features${date ? ` since ${date}` : ''}.`),
  },
];
