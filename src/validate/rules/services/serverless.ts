import type { Path } from '../../../diagnostics/diagnostic.ts';
import { nearest } from '../../../diagnostics/nearest.ts';
import { has, isList, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import { isOpen } from '../../model/macros.ts';
import { type Model, objectAt, transforms } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { literal } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const SAM = 'AWS::Serverless-2016-10-31';
const FUNCTION = 'AWS::Serverless::Function';
const PAGE = 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html';
const sam = (text: string): string => `Transform: ${SAM}\n${text}`;
const CODE = 'CodeUri: s3://a-bucket/a.zip';
const LAMBDA = 'AWS::Lambda::Function';
const ROLE = 'Role: arn:aws:iam::111122223333:role/a';
const IN_S3 = 'Code: { S3Bucket: a-bucket, S3Key: a.zip }';

/** The resources of a type of SAM, with their properties; none where another macro may change them. */
function* serverless(
  model: Model,
  type: string,
): Generator<{ readonly resource: JsonObject; readonly properties: JsonObject; readonly path: Path }> {
  if (!transforms(model.root).includes(SAM)) return;
  for (const { id, properties } of ofType(model, type))
    yield { resource: objectAt(model.resources, id), properties, path: ['Resources', id] };
}

/** What Globals says of a kind of resource: `Function`. */
function globals(model: Model, kind: string): JsonObject {
  return objectAt(objectAt(model.root, 'Globals'), kind);
}

/** What a function from a zip file lacks. A misspelt name is said to be one: that is enough. */
function* missing(properties: JsonObject, path: Path): Generator<Hit> {
  const names = ['Runtime', 'Handler'].filter((name) => nearest(name, Object.keys(properties)) === undefined);
  if (names.length > 0) yield { path, part: 'key', message: `The function needs ${names.join(' and ')}.` };
}

/** Resources of the Serverless Application Model, which its macro makes others of. */
export const SERVERLESS_RULES: readonly Rule[] = [
  {
    code: 'E3724',
    name: 'ignored-global',
    message: 'IgnoreGlobals names what Globals does not have.',
    why: 'Nothing is ignored by it, and the property that was meant stays.',
    fix: 'Correct the name.',
    url: PAGE,
    bad: [
      `Globals: { Function: { Timeout: 30 } }\n${sam(resource(FUNCTION, 'Runtime: python3.13', 'Handler: index.handler', CODE).replace('    Properties:', '    IgnoreGlobals: [Timeot] # <-\n    Properties:'))}`,
    ],
    good: [
      `Globals: { Function: { Timeout: 30 } }\n${sam(resource(FUNCTION, 'Runtime: python3.13', 'Handler: index.handler', CODE).replace('    Properties:', '    IgnoreGlobals: [Timeout]\n    Properties:'))}`,
    ],
    *check(model): Generator<Hit> {
      for (const { resource, path } of serverless(model, FUNCTION)) {
        const known = Object.keys(globals(model, 'Function'));
        const ignored = resource['IgnoreGlobals'];
        for (const [index, name] of isList(ignored) ? ignored.entries() : []) {
          const text = literal(name);
          if (text !== undefined && !known.includes(text) && isObject(model.root['Globals']))
            yield {
              path: [...path, 'IgnoreGlobals', index],
              message: `Globals does not have ${text}.`,
              hint: didYouMean(text, known),
            };
        }
      }
    },
  },
  {
    code: 'W2533',
    name: 'serverless-handler',
    message: 'A function from a zip file needs Runtime and Handler.',
    why: 'Lambda refuses the function, unless Globals or the image has them.',
    fix: 'Add both.',
    url: PAGE,
    bad: [
      sam(resource(FUNCTION, CODE)).replace('Properties:', 'Properties: # <-'),
      resource(LAMBDA, ROLE, IN_S3, 'Runtime: python3.13').replace('Properties:', 'Properties: # <-'),
    ],
    good: [
      resource(LAMBDA, ROLE, IN_S3, 'Runtime: python3.13', 'Handler: a.b'),
      sam(resource(FUNCTION, 'Runtime: python3.13', 'Handler: index.handler', CODE)),
      sam(resource(FUNCTION, 'PackageType: Image')),
    ],
    *check(model): Generator<Hit> {
      for (const { properties, path } of serverless(model, FUNCTION)) {
        const all = { ...globals(model, 'Function'), ...properties };
        const type = all['PackageType'] ?? (all['ImageUri'] === undefined ? 'Zip' : 'Image');
        if (type === 'Zip') yield* missing(all, [...path, 'Properties']);
      }
      for (const { properties, path } of model.hasMacros ? [] : ofType(model, LAMBDA)) {
        const { PackageType: type = 'Zip', Code: code } = properties;
        if (type === 'Zip' && isObject(code) && has(code, 'S3Key') && !isOpen(properties))
          yield* missing(properties, path);
      }
    },
  },
];
