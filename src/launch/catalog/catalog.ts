import { form } from '../../aws/form.ts';
import { CloudFormationProduct } from '../../aws/generated/servicecatalog-cloud-formation-product.ts';
import { LaunchRoleConstraint } from '../../aws/generated/servicecatalog-launch-role-constraint.ts';
import { Portfolio } from '../../aws/generated/servicecatalog-portfolio.ts';
import { PortfolioPrincipalAssociation } from '../../aws/generated/servicecatalog-portfolio-principal-association.ts';
import { PortfolioProductAssociation } from '../../aws/generated/servicecatalog-portfolio-product-association.ts';
import { Template } from '../../aws/template.ts';
import type { CompiledTemplate } from '../../compile/compiled-template.ts';
import { makeTemplate } from '../../compile/make-template.ts';
import type { Json } from '../../document/template-document.ts';
import { launchRole } from './launch-role.ts';
import { templateNeeds } from './template-needs.ts';

const ABOUT = [
  'A product of AWS Service Catalog: the releases that can be launched, and the role that launches them.',
  'Compiled by podlaunch; make it again when a release is published or withdrawn, and update the stack.',
].join('\n');

/** Service Catalog's limit. */
const PROVIDER_CHARACTERS = 50;

/** The template of a portfolio with one product. */
export type Catalog = CompiledTemplate<'catalog'>;

/** A release that the product offers. */
export interface CatalogRelease {
  readonly version: string;
  /** `2026-11-27T12:00:00Z` */
  readonly publishedAt: string;
  /** Where Service Catalog reads the template when it adds the version. */
  readonly url: string;
  readonly template: Json | undefined;
}

/** What a catalogue is made of. */
export interface CatalogInput {
  /** The newest first. */
  readonly releases: readonly CatalogRelease[];
  readonly project: string;
  /** Who stands behind the product. */
  readonly publisher: string;
  /** What a launch makes, in a few words. */
  readonly summary: string;
}

/**
 * Makes the template of a portfolio, its product with a version for each release, and the role that launches it.
 * @throws Refusal PL5021 for a release with a type whose permissions are not known
 */
export function catalog({ releases, project, publisher, summary }: CatalogInput): Catalog {
  const template = new Template({ project, title: `podlaunch catalog - offers ${project} in AWS Service Catalog` });
  const access = form(template, 'Access');
  const principal = access.optional('PrincipalArn', {
    label: 'Who may launch',
    Description: 'ARN of a role, user or group that sees the portfolio.',
    AllowedPattern: 'arn:[a-z-]+:iam::[0-9]{12}:(role|user|group)/.+',
    ConstraintDescription: 'The ARN of a role, a user or a group of IAM.',
    given: 'HasPrincipal',
  });
  const boundary = access.optional('PermissionsBoundaryArn', {
    label: 'Permissions boundary',
    Description: 'ARN of a policy that bounds the launch role.',
    AllowedPattern: 'arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+',
    ConstraintDescription: 'The ARN of a managed policy.',
    given: 'HasPermissionsBoundary',
  });
  const role = launchRole(template, { needs: templateNeeds(releases.map((one) => one.template)), project, boundary });
  const portfolio = template.resource(
    'Portfolio',
    new Portfolio({
      DisplayName: project,
      ProviderName: publisher.slice(0, PROVIDER_CHARACTERS),
      Description: `Releases of ${project}`,
    }),
    { tag: 'portfolio' },
  );
  const product = template.resource(
    'Product',
    new CloudFormationProduct({
      Name: project,
      Owner: publisher,
      Description: summary,
      ProvisioningArtifactParameters: releases.map(({ version, publishedAt, url }) => ({
        Name: version,
        Description: `Published on ${publishedAt.slice(0, 10)}`,
        Info: { LoadTemplateFromURL: url },
      })),
    }),
    { tag: 'product', comment: 'A version keeps its id as long as its name and its URL are in this list.' },
  );
  const place = { PortfolioId: portfolio.ref(), ProductId: product.ref() };
  const association = template.resource('ProductInPortfolio', new PortfolioProductAssociation(place));
  template.resource('LaunchConstraint', new LaunchRoleConstraint({ ...place, RoleArn: role.get('Arn') }), {
    dependsOn: [association],
  });
  template.resource(
    'Launchers',
    new PortfolioPrincipalAssociation({
      PortfolioId: portfolio.ref(),
      PrincipalARN: principal.value,
      PrincipalType: 'IAM',
    }),
    { condition: principal.given },
  );
  template.output('PortfolioId', {
    description: 'Portfolio, to share it or to let more people in.',
    value: portfolio.ref(),
  });
  template.output('ProductId', {
    description: 'Product, for aws servicecatalog provision-product.',
    value: product.ref(),
  });
  template.output('LaunchRoleArn', { description: 'Role that launches the product.', value: role.get('Arn') });
  return makeTemplate(
    { name: 'catalog', summary: 'offers releases in AWS Service Catalog' },
    () => template.body(),
    ABOUT,
  );
}
