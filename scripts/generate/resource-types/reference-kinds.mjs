// Notes at properties what they refer to, where the registry's schemas do not say it and the name does: a RouteTableId
// is what Ref gives of a route table.

/** What Ref or GetAtt gives, by the name of the property that takes it, in every service. */
const EVERYWHERE = new Map([
  ['SubnetId', 'AWS::EC2::Subnet.Id'],
  ['VpcId', 'AWS::EC2::VPC.Id'],
  ['VPCId', 'AWS::EC2::VPC.Id'],
  ['RoleArn', 'AWS::IAM::Role.Arn'],
  ['RoleARN', 'AWS::IAM::Role.Arn'],
]);

/** The same, in one service. */
const IN_SERVICE = new Map([
  ['AWS::EC2', new Map([['AllocationId', 'AWS::EC2::EIP.AllocationId']])],
  [
    'AWS::ElasticLoadBalancingV2',
    new Map([
      ['TargetGroupArn', 'AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupArn'],
      ['LoadBalancerArn', 'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn'],
    ]),
  ],
]);

/**
 * Adds `refersTo` to the properties of all schemas whose name says what they take.
 * @param {ReadonlyMap<string, any>} schemas by type
 */
export function referenceKinds(schemas) {
  for (const [type, { primaryIdentifier = [], properties }] of schemas) {
    const [owner, service, resource] = type.split('::');
    const name = primaryIdentifier[0]?.replace('/properties/', '');
    const isOwn = name?.toLowerCase() === `${resource}Id`.toLowerCase();
    if (owner !== 'AWS' || service !== 'EC2' || primaryIdentifier.length !== 1 || !isOwn) continue;
    IN_SERVICE.get('AWS::EC2')?.set(name, properties[name].format ?? `${type}.${name}`);
  }
  for (const [type, schema] of schemas) {
    const kinds = new Map([...(IN_SERVICE.get(type.split('::').slice(0, 2).join('::')) ?? []), ...EVERYWHERE]);
    for (const [name, kind] of [...kinds]) kinds.set(`${name}s`, kind);
    visit(schema, kinds, false);
  }
}

/** @param {any} value @param {ReadonlyMap<string, string>} kinds @param {boolean} names whether its keys are names of properties */
function visit(value, kinds, names) {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (names) note(inner, kinds.get(key));
    visit(inner, kinds, !names && key === 'properties');
  }
}

/** @param {any} schema @param {string | undefined} kind */
function note(schema, kind) {
  const text = schema?.type === 'array' ? schema.items : schema;
  if (kind === undefined || text?.type !== 'string' || JSON.stringify(schema).includes('"format"')) return;
  text.refersTo = kind;
}
