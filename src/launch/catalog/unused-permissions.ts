/**
 * What handlers name for properties that no stack of ours sets, or what is no action of IAM. Who may make our stacks
 * needs none of it: docs/launcher-policy.json leaves it out, and so does a launch role.
 */
export const UNUSED_PERMISSIONS: readonly RegExp[] = [
  /^(?:eks|cognito-idp|firehose|elasticfilesystem|s3files|s3tables|vpc-lattice|vpce):/,
  /^kms:(?:CreateGrant|Decrypt|Encrypt|GenerateDataKey)$/,
  /^ec2:(?:AcceptAddressTransfer|ModifyImageAttribute|ModifySnapshotAttribute|ModifyVpcTenancy)$/,
  /^ec2:\w*(?:PrivateNatGateway|NatGatewayAddress|VpnGateway|SubnetCidrBlock|VpcEncryptionControl)\w*$/,
  /^ec2:(?:Attach|Detach)Volume$/,
  /^iam:(?:Attach|Detach)(?:Group|User)Policy$/,
  /^(?:resource-groups:\w+|ssm:GetCalendarState)$/,
  /^rds:PromoteReadReplica$/,
  /^route53:\w*QueryLoggingConfigs?$/,
];

/** The same of a bucket's features and of what else a launch role can do without; a person's policy allows it with a wildcard. */
const UNUSED_IN_LAUNCH_ROLE: readonly RegExp[] = [
  /^s3:(?:Put|Delete|Update|Create)\w*(?:Abac|Acl|Accelerate|Analytics|Cors|CORS|IntelligentTiering|Inventory|Metadata|Metrics|ObjectLock|Replication|Website)\w*$/,
  /^s3:(?:REST\.PUT\.OBJECT|DeleteBucketEncryption|DeleteBucketLifecycle|DeleteObject|GetObject|GetObjectVersion)$/,
  /^ds:(?:CheckStabilizationFor\w+|CreateAlias|EnableSso|DisableSso)$/,
  /^iam:(?:ListRoles|(?:At|De)tachRolePolicy|(?:Put|Delete)RolePermissionsBoundary)$/,
  /^elasticloadbalancing:(?:ModifyCapacityReservation|ModifyIpPools)$/,
  /^lambda:(?:AssociateRuntimeAlias|PassCapacityProvider|GetLayerVersion|GetCodeSigningConfig|(?:Put|Delete)FunctionCodeSigningConfig|PutFunctionScalingConfig)$/,
  /^logs:(?:CreateLogDelivery|(?:Associate|Disassociate)KmsKey|(?:Put|Delete)(?:IndexPolicy|ResourcePolicy|DataProtectionPolicy)|Put(?:BearerTokenAuthentication|LogGroupDeletionProtection))$/,
  /^rds:(?:(?:Add|Remove)RoleToDBInstance|RemoveRoleFromDBInstance|CreateDBInstanceReadReplica|RestoreDBInstance\w+|St(?:art|op)DBInstanceAutomatedBackupsReplication)$/,
  /^secretsmanager:(?:RemoveRegionsFromReplication|ReplicateSecretToRegions)$/,
  /^sns:PutDataProtectionPolicy$/,
];

/** What a handler names for properties that no stack of ours sets, and another one for what ours do. */
const UNUSED_OF_TYPE: Readonly<Record<string, RegExp>> = {
  'AWS::EC2::Instance': /^ssm:(?:Create|Delete)Association$/,
};

/** Whether a launch role can do without an action that the handler of a type names. */
export function isUnused(type: string, action: string): boolean {
  return [...UNUSED_PERMISSIONS, ...UNUSED_IN_LAUNCH_ROLE, UNUSED_OF_TYPE[type]].some((one) => one?.test(action));
}
