import type { Facts } from '../facts.ts';
import { about, doubt, type Remark, refusal } from '../remark.ts';
import type { Wanted } from '../wanted.ts';

/** What a TLS listener of a Network Load Balancer takes: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html */
const ALGORITHMS = /^(RSA[-_](2048|3072|4096)|EC[-_](prime256v1|secp384r1|secp521r1))$/;
const DAY = 86_400_000;
const SOON = 30 * DAY;

/** Whether a certificate that exists is issued, for the name that nodes use, of a kind that the load balancer takes. */
export function checkCertificate(wanted: Wanted, { certificate, now }: Facts): readonly Remark[] {
  const { certificateArn: arn, directory, region } = wanted;
  if (arn === undefined) return [];
  const place = arn.split(':')[3];
  if (place !== region) return [refusal(`${arn} is in ${place}; the load balancer is in ${region}.`)];
  const host = `ldaps.${directory.domain}`;
  return about(`the certificate ${arn}`, certificate, ({ status, names, algorithm, ends }) => {
    if (status !== 'ISSUED') return [refusal(`The certificate is ${status}, not ISSUED.`)];
    const findings: Remark[] = [];
    const wild = `*.${directory.domain}`;
    if (!names.some((name) => name === host || name === wild)) {
      findings.push(refusal(`The certificate is for ${names.join(', ')}, not for ${host}.`));
    }
    if (!ALGORITHMS.test(algorithm)) findings.push(refusal(`A load balancer takes no certificate of ${algorithm}.`));
    if (ends <= now) findings.push(refusal('The certificate has ended. Renew it under the same ARN.'));
    else if (ends < now + SOON) {
      findings.push(doubt(`The certificate ends in ${Math.floor((ends - now) / DAY)} days.`));
    }
    return findings;
  });
}
