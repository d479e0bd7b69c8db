import type { Form } from '../../aws/form.ts';
import { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import { Parameter } from '../../aws/generated/ssm-parameter.ts';
import { jsonText } from '../../aws/json-text.ts';
import type { ParameterOptions } from '../../aws/parameter.ts';
import { CERTIFICATE_ARN, DOMAIN_NAME, SECRET_ARN } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import { made, text } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { baseDn } from '../directory/base-dn.ts';
import { ldapsHost } from '../directory/ldaps-name.ts';
import { settingsDocument, type WithNodes } from './node-settings-document.ts';

const group = 'Directory (outputs of stack 2, directory)';

/**
 * The settings of the nodes, written twice: to a parameter, and to a secret that who may write parameters does not reach.
 * Nodes take nothing from the parameter that goes beyond the secret.
 */
export const nodeSettings = part({
  name: 'node-settings',
  group: 'Logging in',
  choices,
  needs: {
    DomainName: text({
      group,
      label: 'Domain name',
      Description: "DNS name of the directory's domain.",
      ...DOMAIN_NAME,
    }),
    BindSecretArn: text({
      group,
      label: 'Bind secret',
      Description: 'Secret with the DN and password of the account that nodes search with.',
      ...SECRET_ARN,
    }),
    CertificateArn: text({
      group,
      label: 'Certificate',
      Description: "The load balancer's certificate, which nodes trust.",
      ...CERTIFICATE_ARN,
    }),
    ClusterName: made,
    instanceGroups: made,
    mount: made,
  },
  build(template, needs, settings: WithNodes) {
    const { ClusterName, DomainName, chosen } = needs;
    // Twice the text, not the expression: each remembers where it is.
    const document = () =>
      jsonText(
        settingsDocument(settings, {
          instanceGroups: needs.instanceGroups,
          clusterName: ClusterName,
          domain: DomainName,
          searchBase: baseDn(DomainName),
          ldapsHost: ldapsHost(DomainName),
          bindSecretArn: needs.BindSecretArn,
          certificateArn: needs.CertificateArn,
          homeRoot: needs.mount.homeRoot,
          chosen,
        }),
      );
    const parameter = template.resource(
      'NodeSettings',
      new Parameter({
        Name: sub`/podlaunch/${ClusterName}/node-settings`,
        Description: 'How the nodes of the cluster join the directory, and who may log in where',
        Type: 'String',
        Tier: 'Intelligent-Tiering',
        Value: document(),
      }),
    );
    const vouched = template.resource(
      'VouchedSettings',
      new Secret({
        Name: sub`podlaunch/${ClusterName}/node-settings`,
        Description:
          'What the stack vouches for: no secret, but nodes take nothing from the parameter that goes beyond it',
        SecretString: document(),
      }),
      { tag: 'node-settings', comment: 'The same text as NodeSettings, where ssm:PutParameter does not reach.' },
    );
    return { nodeSettings: { parameter, vouched }, NodeSettingsName: parameter.ref() };
  },
  gives: {
    nodeSettings: 'The settings of the nodes, and what vouches for them.',
    NodeSettingsName: 'SSM parameter that the nodes configure themselves by.',
  },
});

interface WithNodeParameters extends WithNodes {
  /** What the form says of each setting that the launcher may choose. */
  readonly nodeParameters: Readonly<Record<string, Omit<ParameterOptions, 'Default'>>>;
}

/** The node settings that a launcher may choose. What is not text in podlaunch.yaml is none in the document either. */
function choices(form: Form, { nodes, nodeParameters }: WithNodeParameters) {
  const chosen = Object.entries(nodeParameters).map(([key, { group, Type, label, Description, ...limits }]) => {
    const name = key[0]!.toUpperCase() + key.slice(1);
    const byDefault = nodes[key]!;
    const Default = typeof byDefault === 'number' ? byDefault : String(byDefault);
    const value = form.titled(group).parameter(name, { Type, label, Description, Default, ...limits });
    return [key, typeof byDefault === 'string' ? value : { bare: value }] as const;
  });
  return { chosen: Object.fromEntries(chosen) };
}
