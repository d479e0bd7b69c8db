import { resolve } from 'node:path';
import { Refusal } from '../diagnostics/refusal.ts';
import { openAcm } from './acm.ts';
import { endOf, issuer, newAuthority } from './authority.ts';
import { checkDays, checkHost } from './checks.ts';
import { checkFree, FILES, writeAll } from './folder.ts';
import { issueLeaf } from './x509/identity.ts';

/** Default number of days that a certificate is valid. */
export const DEFAULT_DAYS = 825;

/** Default folder of the CA and the certificate. */
export const CERTIFICATE_FOLDER = 'certificate';

/** How a certificate is made. */
export interface CertificateOptions {
  /** The host that it is for: `ldaps.DOMAIN`. */
  readonly host: string;
  /** Default: `825`. */
  readonly days?: number;
  /** Folder to write to. Default: `certificate`. */
  readonly folder?: string;
  /** What `folder` is relative to. Default: where the process runs. */
  readonly cwd?: string;
  /** Imports it to ACM in this region. */
  readonly importTo?: string;
  /** Default: now. */
  readonly now?: Date;
}

/** A certificate that was made. The keys stay in the folder. */
export interface CertificateResult {
  readonly host: string;
  readonly notAfter: Date;
  readonly folder: string;
  /** In ACM, where it was imported. */
  readonly arn?: string;
}

/**
 * Makes a CA and a certificate under it, writes both with their keys (mode 0600), and imports the certificate to ACM
 * where that is asked for. The private keys are written nowhere else.
 * @throws Refusal PL6010 to PL6012 before anything is written, PL6018 when ACM refuses what is written by then
 */
export async function createCertificate(options: CertificateOptions): Promise<CertificateResult> {
  const { host, days = DEFAULT_DAYS, folder = CERTIFICATE_FOLDER, importTo, now = new Date() } = options;
  const path = resolve(options.cwd ?? '.', folder);
  checkHost(host);
  checkDays(days);
  checkFree(path, folder);
  const authority = await newAuthority(host, now);
  const leaf = await issueLeaf(issuer(authority), { host, days, now });
  writeAll(path, authority, leaf);
  const made = { host, notAfter: endOf(leaf), folder };
  if (importTo === undefined) return made;
  const acm = await openAcm(importTo);
  try {
    return { ...made, arn: await acm.import(leaf, authority.certificate) };
  } catch (thrown) {
    throw thrown instanceof Refusal ? importLater(thrown, folder, importTo) : thrown;
  } finally {
    acm.close();
  }
}

/** The certificate is made and must not be made again: how to import it by hand. */
function importLater(refusal: Refusal, folder: string, region: string): Refusal {
  const file = (name: string): string => `fileb://${folder}/${name}`;
  const line = `aws acm import-certificate --region ${region} --certificate ${file(FILES.certificate)} --private-key ${file(FILES.key)} --certificate-chain ${file(FILES.authority)}`;
  return new Refusal(
    refusal.diagnostics.map((d) => ({
      ...d,
      hint: `${d.hint} The certificate is in ${folder}. Import it then with:\n${line}`,
    })),
  );
}
