import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { refuse } from '../diagnostics/refusal.ts';
import { openAcm } from './acm.ts';
import { endOf, issuer } from './authority.ts';
import { checkDays, regionOfArn } from './checks.ts';
import { CERTIFICATE_FOLDER, type CertificateResult, DEFAULT_DAYS } from './create.ts';
import { readAuthority, writeLeaf } from './folder.ts';
import { issueLeaf } from './x509/identity.ts';

/** How a certificate is renewed. */
export interface RenewalOptions {
  /** ARN of the certificate in ACM, which it keeps. */
  readonly arn: string;
  /** Default: the ARN's. */
  readonly region?: string;
  /** Default: `825`. */
  readonly days?: number;
  /** Folder that `createCertificate` wrote. Default: `certificate`. */
  readonly folder?: string;
  /** What `folder` is relative to. Default: where the process runs. */
  readonly cwd?: string;
  /** Default: now. */
  readonly now?: Date;
}

/**
 * Issues a new certificate with a new key under the CA of a folder, imports it to ACM over the one before, and then
 * writes it to the folder. Nodes trust the CA, so they need no change; the load balancer takes the new one by itself.
 * @throws Refusal PL6011 and PL6013 to PL6017 before anything is changed, PL6018 when ACM refuses
 */
export async function renewCertificate(options: RenewalOptions): Promise<CertificateResult> {
  const { arn, days = DEFAULT_DAYS, folder = CERTIFICATE_FOLDER, now = new Date() } = options;
  const region = regionOfArn(arn, options.region);
  checkDays(days);
  const path = resolve(options.cwd ?? '.', folder);
  const authority = readAuthority(path, folder, now);
  const acm = await openAcm(region);
  try {
    checkSameAuthority(await acm.chainOf(arn), authority.certificate, folder);
    const { host, leafKey } = authority;
    const leaf = await issueLeaf(issuer(authority), { host, days, now }, leafKey);
    await acm.import(leaf, authority.certificate, arn);
    writeLeaf(path, leaf);
    return { host, notAfter: endOf(leaf), folder, arn };
  } finally {
    acm.close();
  }
}

/** Nodes trust the chain of the certificate that is in ACM; one of another CA would shut them out until they look again. */
function checkSameAuthority(chain: string, certificate: string, folder: string): void {
  if (fingerprint(chain) === fingerprint(certificate)) return;
  throw refuse({
    code: 'PL6017',
    message: `The certificate in ACM does not come from the CA in ${folder}.`,
    hint: 'Give the folder of its CA with --out. To change the CA, import a certificate of the new one under an ARN of its own, and update the stacks with that.',
  });
}

function fingerprint(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return undefined;
  }
}
