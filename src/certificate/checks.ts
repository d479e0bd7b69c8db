import { CERTIFICATE_ARN } from '../aws/patterns.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { isHostName } from './x509/host-name.ts';

/** When a certificate is valid for longer, nobody remembers how to renew it. */
const MAX_DAYS = 3650;

/** Throws a Refusal (PL6010) for what is no host name: two labels at least, in lower case, no wildcard, no address. */
export function checkHost(host: string): void {
  if (isHostName(host)) return;
  const hint = 'Give the name that nodes reach the load balancer by: ldaps.DOMAIN, such as ldaps.hyperpod.abc123.com.';
  throw refuse({ code: 'PL6010', message: `${JSON.stringify(host)} is not a valid host name in lower case.`, hint });
}

/** Throws a Refusal (PL6011) for a number of days that is none, or too large. */
export function checkDays(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return;
  const hint = 'A renewal needs no change on the nodes: choose a year or two.';
  throw refuse({
    code: 'PL6011',
    message: `A certificate cannot be valid for ${days} days: it must be 1 to ${MAX_DAYS}.`,
    hint,
  });
}

/**
 * The region of a certificate's ARN.
 * @throws Refusal PL6016 when it is none, or names another region than the one given
 */
export function regionOfArn(arn: string, region: string | undefined): string {
  const own = new RegExp(CERTIFICATE_ARN.AllowedPattern).test(arn) ? arn.split(':')[3]! : undefined;
  if (own === undefined) {
    const hint = `${CERTIFICATE_ARN.ConstraintDescription} It is the parameter CertificateArn of the directory stack.`;
    throw refuse({ code: 'PL6016', message: `${JSON.stringify(arn)} is not a certificate's ARN.`, hint });
  }
  if (region !== undefined && region !== own) {
    const hint = `Leave --region out, or say --region ${own}.`;
    throw refuse({ code: 'PL6016', message: `The certificate is in ${own}, not in ${region}.`, hint });
  }
  return own;
}
