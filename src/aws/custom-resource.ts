import { ResourceBase } from 'cloudform-types/types/resource.js';
import type { Free, Value } from './value.ts';

/** What every custom resource has: the function that CloudFormation calls, and how many seconds it waits. */
export interface CustomResourceProperties {
  readonly ServiceToken: Value<string>;
  readonly ServiceTimeout: number;
  readonly [name: string]: Free;
}

/** A custom resource of the given `Custom::` type; the type parameter says what GetAtt gives. */
export class CustomResource<Attributes extends object> extends ResourceBase<CustomResourceProperties> {
  declare readonly refValue: string;
  declare readonly attributes: Attributes;

  constructor(type: `Custom::${string}`, properties: CustomResourceProperties) {
    super(type, properties);
  }
}
