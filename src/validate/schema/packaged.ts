import type { Json } from '../../document/template-document.ts';
import type { SchemaFault } from './keywords.ts';
import type { Place } from './place.ts';

/** Properties whose file `aws cloudformation package` uploads: its path stands for them until then. */
const PACKAGED: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::RestApi BodyS3Location',
  'AWS::ElasticBeanstalk::ApplicationVersion SourceBundle',
  'AWS::Lambda::Function Code',
  'AWS::Lambda::LayerVersion Content',
  'AWS::StepFunctions::StateMachine DefinitionS3Location',
]);

/** A path where a resource takes a place in S3: what it means until it is packaged. */
export function packagedFault(value: Json, type: string, place: Place): SchemaFault | undefined {
  if (typeof value !== 'string' || !PACKAGED.has(`${type} ${place.key}`)) return undefined;
  return {
    code: 'W3002',
    message: `This is a path: only the command aws cloudformation package makes ${place.key} of it.`,
    hint: 'Run that command, and deploy what it writes.',
  };
}
