import type { Rule } from './base/rule.ts';
import { FIND_IN_MAP_RULES } from './functions/find-in-map.ts';
import { LIST_RULES } from './functions/lists.ts';
import { PSEUDO_NAME_RULES } from './functions/pseudo-names.ts';
import { REFERENCE_RULES } from './functions/references.ts';
import { RULE_FUNCTION_RULES } from './functions/rule-functions.ts';
import { SUB_RULES } from './functions/sub.ts';
import { VALUE_RULES } from './functions/values.ts';
import { CONDITION_RULES } from './language/conditions.ts';
import { DELETION_RULES } from './language/deletion.ts';
import { DEPENDENCY_RULES } from './language/dependencies.ts';
import { DYNAMIC_REFERENCE_RULES } from './language/dynamic-references.ts';
import { LINT_SETTING_RULES } from './language/lint-settings.ts';
import { MAPPING_RULES } from './language/mappings.ts';
import { MODULE_RULES } from './language/modules.ts';
import { OUTPUT_RULES } from './language/outputs.ts';
import { PARAMETER_FORM_RULES } from './language/parameter-form.ts';
import { PARAMETER_RULES } from './language/parameters.ts';
import { REACHABLE_RULES } from './language/reachable.ts';
import { RESOURCE_TYPE_RULES } from './language/resource-types.ts';
import { RESOURCE_RULES } from './language/resources.ts';
import { RULES_SECTION_RULES } from './language/rules-section.ts';
import { SECTION_RULES } from './language/sections.ts';
import { SIZE_RULES } from './language/size.ts';
import { RESOURCE_POLICY_RULES } from './language/update-policies.ts';
import { DEPRECATED_RULES } from './properties/deprecated.ts';
import { IDENTIFIER_RULES } from './properties/identifiers.ts';
import { AUTOMATION_DOCUMENT_RULES } from './services/automation-documents.ts';
import { AVAILABILITY_ZONE_RULES } from './services/availability-zones.ts';
import { BALANCER_ATTRIBUTE_RULES } from './services/balancer-attributes.ts';
import { BUCKET_ACCESS_RULES } from './services/bucket-access.ts';
import { CONTAINER_RULES } from './services/containers.ts';
import { DATA_STORE_RULES } from './services/data-stores.ts';
import { DATABASE_RULES } from './services/databases.ts';
import { DIRECTORY_RULES } from './services/directories.ts';
import { DIRECTORY_FRONT_RULES } from './services/directory-front.ts';
import { DIRECTORY_SETTING_RULES } from './services/directory-settings.ts';
import { DISTRIBUTION_RULES } from './services/distributions.ts';
import { ENGINE_VERSION_RULES } from './services/engine-versions.ts';
import { FILE_SYSTEM_RULES } from './services/file-systems.ts';
import { LAMBDA_RULES } from './services/functions.ts';
import { GATEWAY_RULES } from './services/gateways.ts';
import { HYPERPOD_RULES } from './services/hyperpod.ts';
import { HYPERPOD_GROUP_RULES } from './services/hyperpod-groups.ts';
import { HYPERPOD_NETWORK_RULES } from './services/hyperpod-network.ts';
import { HYPERPOD_ROLE_RULES } from './services/hyperpod-role.ts';
import { HYPERPOD_SLURM_RULES } from './services/hyperpod-slurm.ts';
import { IGNORED_VALUE_RULES } from './services/ignored-values.ts';
import { IMAGE_RULES } from './services/images.ts';
import { INVOCATION_RULES } from './services/invocations.ts';
import { LISTENER_SETTING_RULES } from './services/listener-settings.ts';
import { LISTENER_TLS_RULES } from './services/listener-tls.ts';
import { LOAD_BALANCER_RULES } from './services/load-balancers.ts';
import { LUSTRE_NETWORK_RULES } from './services/lustre-network.ts';
import { LUSTRE_RULES } from './services/lustre-settings.ts';
import { MONITORING_RULES } from './services/monitoring.ts';
import { NAME_RESOLUTION_RULES } from './services/name-resolution.ts';
import { NESTED_PARAMETER_RULES } from './services/nested-parameters.ts';
import { PAIR_RULES } from './services/pairs.ts';
import { PIPELINE_RULES } from './services/pipelines.ts';
import { POLICY_RULES } from './services/policies.ts';
import { POLICY_ACTION_RULES } from './services/policy-actions.ts';
import { POLICY_ADVICE_RULES } from './services/policy-advice.ts';
import { POLICY_KEY_RULES } from './services/policy-keys.ts';
import { POLICY_RESOURCE_RULES } from './services/policy-resources.ts';
import { POLICY_VERSION_RULES } from './services/policy-versions.ts';
import { PRIVATE_ZONE_RULES } from './services/private-zones.ts';
import { QUEUE_RULES } from './services/queues.ts';
import { RECORD_RULES } from './services/records.ts';
import { REST_API_RULES } from './services/rest-apis.ts';
import { ROLE_RULES } from './services/roles.ts';
import { ROUTE_RULES } from './services/routes.ts';
import { SCALING_RULES } from './services/scaling.ts';
import { SECRET_RESOURCE_RULES } from './services/secret-resources.ts';
import { SECRET_RULES } from './services/secrets.ts';
import { SECURITY_GROUP_RULES } from './services/security-groups.ts';
import { SERVERLESS_RULES } from './services/serverless.ts';
import { SERVICE_VALUE_RULES } from './services/service-values.ts';
import { STACK_RULES } from './services/stacks.ts';
import { STATE_MACHINE_RULES } from './services/state-machines.ts';
import { SUBNET_RULES } from './services/subnets.ts';
import { SUBNETS_OF_ZONES_RULES } from './services/subnets-of-zones.ts';
import { SYSTEMS_MANAGER_RULES } from './services/systems-manager.ts';
import { TARGET_GROUP_RULES } from './services/target-groups.ts';
import { TYPED_REFERENCE_RULES } from './services/typed-references.ts';
import { VOLUME_RULES } from './services/volumes.ts';
import { VPC_ENDPOINT_RULES } from './services/vpc-endpoints.ts';
import { VPC_RULES } from './services/vpcs.ts';
import { WEB_RULES } from './services/web.ts';

/**
 * The rules whose checks look through a template, by subject: what `validate` loads. What the reader and the schemas
 * find is described by tables of their own, which are loaded only to be shown.
 */
export const CHECKED: readonly Rule[] = [
  ...SECTION_RULES,
  ...PARAMETER_RULES,
  ...PARAMETER_FORM_RULES,
  ...LINT_SETTING_RULES,
  ...RULES_SECTION_RULES,
  ...MAPPING_RULES,
  ...CONDITION_RULES,
  ...REACHABLE_RULES,
  ...RESOURCE_RULES,
  ...RESOURCE_TYPE_RULES,
  ...DEPENDENCY_RULES,
  ...DELETION_RULES,
  ...RESOURCE_POLICY_RULES,
  ...DYNAMIC_REFERENCE_RULES,
  ...OUTPUT_RULES,
  ...VALUE_RULES,
  ...REFERENCE_RULES,
  ...SUB_RULES,
  ...PSEUDO_NAME_RULES,
  ...LIST_RULES,
  ...FIND_IN_MAP_RULES,
  ...RULE_FUNCTION_RULES,
  ...SIZE_RULES,
  ...IDENTIFIER_RULES,
  ...DEPRECATED_RULES,
  ...SECRET_RULES,
  ...POLICY_RULES,
  ...POLICY_ACTION_RULES,
  ...POLICY_KEY_RULES,
  ...POLICY_RESOURCE_RULES,
  ...POLICY_ADVICE_RULES,
  ...POLICY_VERSION_RULES,
  ...ROLE_RULES,
  ...RECORD_RULES,
  ...SUBNET_RULES,
  ...ROUTE_RULES,
  ...GATEWAY_RULES,
  ...SUBNETS_OF_ZONES_RULES,
  ...VPC_ENDPOINT_RULES,
  ...NAME_RESOLUTION_RULES,
  ...PRIVATE_ZONE_RULES,
  ...SECURITY_GROUP_RULES,
  ...HYPERPOD_RULES,
  ...HYPERPOD_SLURM_RULES,
  ...HYPERPOD_GROUP_RULES,
  ...HYPERPOD_NETWORK_RULES,
  ...HYPERPOD_ROLE_RULES,
  ...DIRECTORY_RULES,
  ...DIRECTORY_SETTING_RULES,
  ...DIRECTORY_FRONT_RULES,
  ...FILE_SYSTEM_RULES,
  ...LUSTRE_RULES,
  ...LUSTRE_NETWORK_RULES,
  ...SERVICE_VALUE_RULES,
  ...TYPED_REFERENCE_RULES,
  ...LOAD_BALANCER_RULES,
  ...LISTENER_SETTING_RULES,
  ...LISTENER_TLS_RULES,
  ...BALANCER_ATTRIBUTE_RULES,
  ...TARGET_GROUP_RULES,
  ...LAMBDA_RULES,
  ...INVOCATION_RULES,
  ...IMAGE_RULES,
  ...IGNORED_VALUE_RULES,
  ...MONITORING_RULES,
  ...PAIR_RULES,
  ...SECRET_RESOURCE_RULES,
  ...STACK_RULES,
  ...NESTED_PARAMETER_RULES,
  ...BUCKET_ACCESS_RULES,
  ...SYSTEMS_MANAGER_RULES,
  ...DATA_STORE_RULES,
  ...QUEUE_RULES,
  ...DATABASE_RULES,
  ...ENGINE_VERSION_RULES,
  ...CONTAINER_RULES,
  ...REST_API_RULES,
  ...SCALING_RULES,
  ...DISTRIBUTION_RULES,
  ...WEB_RULES,
  ...PIPELINE_RULES,
  ...STATE_MACHINE_RULES,
  ...AUTOMATION_DOCUMENT_RULES,
  ...VOLUME_RULES,
  ...AVAILABILITY_ZONE_RULES,
  ...VPC_RULES,
  ...SERVERLESS_RULES,
  ...MODULE_RULES,
];
