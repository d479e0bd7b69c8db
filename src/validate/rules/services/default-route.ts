import type { Model } from '../../model/model.ts';
import { ofType, type Typed } from '../../model/of-type.ts';
import { resourceOf } from '../base/given.ts';

/** The route table of the template that a subnet of the template is associated with; undefined where it does not tell. */
export function routeTable(model: Model, subnet: string): string | undefined {
  const association = ofType(model, 'AWS::EC2::SubnetRouteTableAssociation').find(
    ({ properties }) => resourceOf(model, properties['SubnetId'], 'AWS::EC2::Subnet') === subnet,
  );
  return association && tableOf(model, association);
}

/** The routes of a subnet of the template. */
export function routesOf(model: Model, subnet: string): readonly Typed[] {
  const table = routeTable(model, subnet);
  return table === undefined ? [] : ofType(model, 'AWS::EC2::Route').filter((one) => tableOf(model, one) === table);
}

/** The route of a subnet of the template to everywhere; undefined where the template does not tell. */
export function defaultRoute(model: Model, subnet: string): Typed | undefined {
  return routesOf(model, subnet).find(({ properties }) => properties['DestinationCidrBlock'] === '0.0.0.0/0');
}

function tableOf(model: Model, { properties }: Typed): string | undefined {
  return resourceOf(model, properties['RouteTableId'], 'AWS::EC2::RouteTable');
}
