import type { Declaration } from '../lib/declaration.ts';

/** Makes the load balancer's certificate under an authority whose key never leaves KMS, and renews it. */
export const certificateFunction = {
  name: 'certificate',
  description: "Makes the load balancer's certificate under the stack's own authority, and renews it",
  runtime: 'nodejs24.x',
  memory: 256,
  // ACM lets go of a certificate minutes after the listener that used it.
  timeout: 900,
  permissions: {
    UseAuthorityKey: {
      actions: ['kms:GetPublicKey', 'kms:Sign'],
      on: 'its own policy',
      why: "The key's policy names this role; if the role named the key too, each would wait for the other.",
    },
    ImportNew: {
      actions: ['acm:ImportCertificate', 'acm:AddTagsToCertificate'],
      on: 'anything',
      why: 'A certificate has no ARN before it is imported.',
      tagged: 'when made',
    },
    UseOwn: {
      actions: ['acm:GetCertificate', 'acm:ImportCertificate', 'acm:DeleteCertificate'],
      on: 'given',
      tagged: 'as it is',
    },
  },
  resource: {
    type: 'Custom::Certificate',
    properties: {
      /** The one host that authority and certificate are for. */
      HostName: 'text',
      /** ARN of the authority's key. */
      KeyArn: 'text',
    },
    answers: {
      /** SHA-256 of the authority's public key, in hex. Nodes trust that authority, and read its certificate in ACM. */
      AuthorityKeySha256: 'text',
    },
  },
  schedule: { expression: 'rate(1 day)', properties: { HostName: 'text', KeyArn: 'text' } },
} as const;
certificateFunction satisfies Declaration;
