import type { CompiledTemplate } from '../compile/compiled-template.ts';

/** What is read of a template; only the cluster's has the settings. */
interface Read {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string | number }>>;
  readonly Resources: {
    readonly NodeSettings: { readonly Properties: { readonly Value: { readonly 'Fn::Sub': Substitution } } };
  };
}
type Substitution = string | readonly [text: string, variables: unknown];

/** What only AWS knows: names of what the directory stack makes. */
const EXAMPLES: Readonly<Record<string, string>> = {
  BindSecretArn: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:BindSecret-a1b2c3',
  CertificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
};

/**
 * The settings that nodes read, as CloudFormation would write them when a launcher changes nothing: the text of the
 * compiled cluster stack, with the default that a parameter has there or in the stack whose output it is, and with
 * examples where there is none.
 */
export function settingsDocument(templates: readonly CompiledTemplate[]): unknown {
  const read = templates.map((template) => template.value as unknown as Read);
  const parameters = read.flatMap(({ Parameters }) => Object.entries(Parameters));
  const cluster = read[templates.findIndex(({ stack }) => stack === 'cluster')]!;
  const substitution = cluster.Resources.NodeSettings.Properties.Value['Fn::Sub'];
  const text = typeof substitution === 'string' ? substitution : substitution[0];
  return JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, (_, name) => value(name)).replaceAll('${!', '${'));

  function value(name: string): string {
    if (name === 'SearchBase') return `DC=${value('DomainName').replaceAll('.', ',DC=')}`;
    if (name === 'LdapsHost') return `ldaps.${value('DomainName')}`;
    if (name === 'HomeRoot') return `${value('FileSystemMountPath')}/home`;
    const given = parameters.findLast(([key, { Default }]) => key === name && Default !== undefined && Default !== '');
    const known = given?.[1].Default ?? EXAMPLES[name];
    if (known === undefined) throw new Error(`the settings name ${name}, for which there is no example`);
    return String(known);
  }
}
