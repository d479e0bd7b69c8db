import { several } from '../base/examples.ts';
import { type AtFault, type Linked, linked, textAt, unlike } from '../base/linked.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { keyOf } from '../base/unique.ts';
import { resourcePage } from '../base/urls.ts';

const API = 'AWS::ApiGateway::';
const stage = (api: string): string =>
  several({
    Stage: [`${API}Stage`, `RestApiId: ${api}`, 'DeploymentId: !Ref Deployment'],
    Deployment: [`${API}Deployment`, 'RestApiId: !Ref First'],
    First: [`${API}RestApi`, 'Name: first'],
    Second: [`${API}RestApi`, 'Name: second'],
  });
const method = (api: string, type = 'CUSTOM'): string =>
  several({
    Method: [
      `${API}Method`,
      'HttpMethod: GET',
      'ResourceId: !GetAtt First.RootResourceId',
      `RestApiId: ${api}`,
      'AuthorizerId: !Ref Guard',
      `AuthorizationType: ${type}`,
    ],
    Guard: [
      `${API}Authorizer`,
      'RestApiId: !Ref First',
      'Name: guard',
      'Type: TOKEN',
      'IdentitySource: method.request.header.Authorization',
      'AuthorizerUri: arn:aws:apigateway:us-west-2:lambda:path/a',
    ],
    First: [`${API}RestApi`, 'Name: first'],
    Second: [`${API}RestApi`, 'Name: second'],
  });

/** Which types of authorizers a type of authorization takes. */
const AUTHORIZERS: ReadonlyMap<string | undefined, readonly string[]> = new Map([
  ['CUSTOM', ['TOKEN', 'REQUEST']],
  ['COGNITO_USER_POOLS', ['COGNITO_USER_POOLS']],
]);

/** REST APIs of API Gateway: stages, methods and authorizers of one and the same API. */
export const REST_API_RULES: readonly Rule[] = [
  {
    code: 'E3698',
    name: 'stage-of-api',
    message: 'A stage shows a deployment of another REST API.',
    why: RESOURCE_REFUSED,
    fix: 'Write the same RestApiId for both.',
    url: resourcePage('aws-resource-apigateway-stage'),
    bad: [stage('!Ref Second # <-')],
    good: [stage('!Ref First')],
    check: linked(`${API}Stage`, 'DeploymentId', `${API}Deployment`, ofOtherApi),
  },
  {
    code: 'E3699',
    name: 'authorizer-of-api',
    message: 'A method has the authorizer of another REST API.',
    why: RESOURCE_REFUSED,
    fix: 'Write the same RestApiId for both.',
    url: resourcePage('aws-resource-apigateway-method'),
    bad: [method('!Ref Second # <-')],
    good: [method('!Ref First')],
    check: linked(`${API}Method`, 'AuthorizerId', `${API}Authorizer`, ofOtherApi),
  },
  {
    code: 'E3708',
    name: 'authorizer-type',
    message: 'The authorizer of a method is not of the type that the method asks for.',
    why: RESOURCE_REFUSED,
    fix: 'Write CUSTOM for an authorizer of type TOKEN or REQUEST, COGNITO_USER_POOLS for one of that type.',
    url: resourcePage('aws-resource-apigateway-method'),
    bad: [method('!Ref First', 'COGNITO_USER_POOLS # <-')],
    good: [method('!Ref First')],
    check: linked(`${API}Method`, 'AuthorizerId', `${API}Authorizer`, ({ own, other, id }) => {
      const [asked, type] = [textAt(own, 'AuthorizationType'), textAt(other, 'Type')];
      const fitting = AUTHORIZERS.get(asked);
      return type !== undefined && fitting && !fitting.includes(type)
        ? ['AuthorizationType', `AuthorizationType is ${asked}, and ${id} is an authorizer of type ${type}.`]
        : undefined;
    }),
  },
];

/** What is wrong where two resources say that they belong to different APIs. */
function ofOtherApi({ own, other, id }: Linked): AtFault | undefined {
  const [here, there] = [own, other].map((one) => keyOf(one['RestApiId']));
  return unlike(here, there) ? ['RestApiId', `${id} belongs to another REST API.`] : undefined;
}
