import { Secret } from '../aws/generated/secretsmanager-secret.ts';
import { Parameter } from '../aws/generated/ssm-parameter.ts';
import { type JsonSource, jsonText } from '../aws/json-text.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import type { Config, InstanceGroup, NodeType } from '../config/config.ts';
import type { NODE_PARAMETERS } from '../config/generated/node-parameters.ts';
import { baseDn } from './base-dn.ts';
import { ldapsHost } from './ldaps-name.ts';

/** A node setting that the launcher may choose. */
export type NodeChoice = keyof typeof NODE_PARAMETERS;

export interface NodeSettingsInput {
  readonly config: Config;
  readonly instanceGroups: readonly { readonly group: InstanceGroup; readonly nodeType: NodeType }[];
  readonly clusterName: Expression<string>;
  readonly domain: Expression<string>;
  readonly bindSecretArn: Expression<string>;
  readonly certificateArn: Expression<string>;
  readonly homeRoot: Expression<string>;
  readonly choices: Readonly<Record<NodeChoice, Expression<string>>>;
}

export interface NodeSettings {
  readonly parameter: ResourceHandle<Parameter>;
  /** The stack's own copy: what the parameter may not go beyond. */
  readonly vouched: ResourceHandle<Secret>;
}

/**
 * The document that nodes configure themselves by (lifecycle-scripts/node-settings.schema.json), written twice: to a
 * parameter, and to a secret that who may write parameters does not reach. Nodes take nothing from the parameter that
 * goes beyond the secret. The document exists before the cluster, so it holds no attribute of it, and it holds no secret.
 */
export function nodeSettings(template: Template, input: NodeSettingsInput): NodeSettings {
  const parameter = template.resource(
    'NodeSettings',
    new Parameter({
      Name: sub`/podlaunch/${input.clusterName}/node-settings`,
      Description: 'How the nodes of the cluster join the directory, and who may log in where',
      Type: 'String',
      Tier: 'Intelligent-Tiering',
      Value: jsonText(document(input)),
    }),
  );
  const vouched = template.resource(
    'VouchedSettings',
    new Secret({
      Name: sub`podlaunch/${input.clusterName}/node-settings`,
      Description:
        'What the stack vouches for: no secret, but nodes take nothing from the parameter that goes beyond it',
      SecretString: jsonText(document(input)),
    }),
    { tag: 'node-settings', comment: 'The same text as NodeSettings, where ssm:PutParameter does not reach.' },
  );
  return { parameter, vouched };
}

function document(input: NodeSettingsInput): { readonly [key: string]: JsonSource } {
  const { config } = input;
  return {
    schemaVersion: 1,
    clusterName: input.clusterName,
    directory: {
      domain: input.domain,
      searchBase: baseDn(input.domain),
      ldapsHost: ldapsHost(input.domain),
      bindSecretArn: input.bindSecretArn,
      certificateArn: input.certificateArn,
    },
    groups: config.directory.groups.map(({ name, logIn, sudo }) => ({ name, logIn, sudo })),
    instanceGroups: input.instanceGroups.map(({ group, nodeType }) => ({ name: group.name, nodeType })),
    homeRoot: input.homeRoot,
    ...config.nodes,
    ...chosen(input),
  };
}

/** The launcher's choices: what is not text in podlaunch.yaml is none in the document either. */
function chosen({ config, choices }: NodeSettingsInput): { readonly [key: string]: JsonSource } {
  return Object.fromEntries(
    Object.entries(choices).map(([key, value]) => {
      const isText = typeof config.nodes[key as NodeChoice] === 'string';
      return [key, isText ? value : { bare: value }];
    }),
  );
}
