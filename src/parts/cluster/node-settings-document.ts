import type { JsonSource } from '../../aws/json-text.ts';
import type { NodeType } from '../base/handed.ts';

/** What podlaunch.yaml says of how nodes behave. */
export interface WithNodes {
  /** Each is in the document by its own name. */
  readonly nodes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly directory: {
    readonly groups: readonly { readonly name: string; readonly logIn: readonly NodeType[]; readonly sudo: boolean }[];
  };
}

/** What else is in the document: expressions in a template, plain values in an example of it. */
export interface SettingsInput {
  readonly instanceGroups: readonly { readonly name: string; readonly nodeType: NodeType }[];
  readonly clusterName: JsonSource;
  readonly domain: JsonSource;
  readonly searchBase: JsonSource;
  readonly ldapsHost: JsonSource;
  readonly bindSecretArn: JsonSource;
  readonly certificateArn: JsonSource;
  readonly homeRoot: JsonSource;
  /** What the launcher chose instead of what podlaunch.yaml says. */
  readonly chosen: Readonly<Record<string, JsonSource>>;
}

/**
 * The document that nodes configure themselves by (lifecycle-scripts/node-settings.schema.json). It exists before the
 * cluster, so no attribute of it is in it. No secret is in it either.
 */
export function settingsDocument(
  { nodes, directory }: WithNodes,
  input: SettingsInput,
): { readonly [key: string]: JsonSource } {
  return {
    schemaVersion: 1,
    clusterName: input.clusterName,
    directory: {
      domain: input.domain,
      searchBase: input.searchBase,
      ldapsHost: input.ldapsHost,
      bindSecretArn: input.bindSecretArn,
      certificateArn: input.certificateArn,
    },
    groups: directory.groups.map(({ name, logIn, sudo }) => ({ name, logIn, sudo })),
    instanceGroups: input.instanceGroups.map(({ name, nodeType }) => ({ name, nodeType })),
    homeRoot: input.homeRoot,
    ...nodes,
    ...input.chosen,
  };
}
