import { expect, test } from 'vitest';
import { catalog } from '../../../src/launch/catalog/catalog.ts';
import { validate } from '../../../src/validate/validate.ts';
import { codesOf } from '../../support/refused.ts';
import { catalogOf, offered } from './offered.ts';

const template = catalogOf(offered('1.1.0'), offered('1.0.0'));
const { Parameters, Resources, Outputs } = template.value as any;

test('validate finds nothing', () => {
  expect(validate(template)).toEqual([]);
});

test('it asks for nothing that must be given', () => {
  expect(Object.entries<any>(Parameters).map(([name, { Default }]) => [name, Default])).toEqual([
    ['PrincipalArn', ''],
    ['PermissionsBoundaryArn', ''],
  ]);
  expect(Object.keys(Outputs)).toEqual(['PortfolioId', 'ProductId', 'LaunchRoleArn']);
});

test('the product has a version for each release, and keeps the ids of those that it has', () => {
  const { ProvisioningArtifactParameters, ReplaceProvisioningArtifacts, Owner } = Resources.Product.Properties;
  expect(Owner).toBe('Research Computing');
  expect(ReplaceProvisioningArtifacts).toBeUndefined();
  expect(ProvisioningArtifactParameters).toEqual(
    ['1.1.0', '1.0.0'].map((version) => ({
      Name: version,
      Description: 'Published on 2026-11-27',
      Info: { LoadTemplateFromURL: offered(version).url },
    })),
  );
});

test('the role is the only way to launch it, and made before the constraint', () => {
  expect(Resources.LaunchConstraint).toMatchObject({
    DependsOn: ['ProductInPortfolio'],
    Properties: {
      PortfolioId: { Ref: 'Portfolio' },
      ProductId: { Ref: 'Product' },
      RoleArn: { 'Fn::GetAtt': ['LaunchRole', 'Arn'] },
    },
  });
  expect(Resources.LaunchRole.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'servicecatalog.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});

test("a publisher's long name is cut to what Service Catalog takes", () => {
  const input = { releases: [offered('1.0.0')], project: 'p', publisher: 'P'.repeat(100), summary: 'A cluster' };
  expect((catalog(input).value as any).Resources.Portfolio.Properties.ProviderName).toBe('P'.repeat(50));
});

test('a release with a type that this podlaunch does not know is refused', () => {
  const newer = { Resources: { Thing: { Type: 'AWS::New::Thing' } } };
  expect(codesOf(() => catalogOf(offered('2.0.0', newer)))).toEqual(['PL5021']);
});
