import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Identity } from '../../src/certificate/x509/identity.ts';
import { certificatesOf, type Made } from './made.ts';

x509.cryptoProvider.set(webcrypto);

const DAY = 24 * 60 * 60 * 1000;
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) } as const;
const utf8Name = (host: string) =>
  new x509.Name([{ O: [{ utf8String: 'podlaunch' }] }, { CN: [{ utf8String: host.slice(0, 64) }] }]);

/** What @peculiar/x509 finds wrong with an authority and a leaf under it. */
export async function faults({ authority, leaf, host }: Made): Promise<string[]> {
  const [ca, it] = [new x509.X509Certificate(authority), new x509.X509Certificate(leaf.certificate)];
  const [ours] = await new x509.X509ChainBuilder({ certificates: [ca] }).build(it).then((chain) => chain.slice(1));
  const names = it.getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON();
  const checks: Record<string, boolean> = {
    'the authority signs itself': await ca.isSelfSigned(),
    'the authority signed the leaf': await it.verify({ publicKey: ca.publicKey, signatureOnly: true }),
    'the chain leads to the authority': ours?.equal(ca) ?? false,
    'the authority is one, without others below it': same(ca.getExtension(x509.BasicConstraintsExtension), {
      ca: true,
      pathLength: 0,
      critical: true,
    }),
    'the leaf is none': same(it.getExtension(x509.BasicConstraintsExtension), { ca: false, critical: true }),
    'the leaf is for the host alone': JSON.stringify(names) === JSON.stringify([{ type: 'dns', value: host }]),
    'the leaf is for servers': same(it.getExtension(x509.ExtendedKeyUsageExtension), {
      usages: [x509.ExtendedKeyUsage.serverAuth],
    }),
    "the leaf names the authority's key": same(it.getExtension(x509.AuthorityKeyIdentifierExtension), {
      keyId: ca.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId,
    }),
  };
  return Object.keys(checks).filter((check) => !checks[check]);
}

function same(extension: object | null, wanted: object): boolean {
  return Object.entries(wanted).every(([key, value]) => String((extension as never)?.[key]) === String(value));
}

/** The leaf as @peculiar/x509 makes it from the same values; the extensions' order is ours. */
export async function sameLeaf({ authority, leaf, host }: Made): Promise<Buffer> {
  const [ca, ours] = certificatesOf({ authority, leaf });
  const publicKey = new x509.PublicKey(ours.publicKey.export({ format: 'der', type: 'spki' }));
  const { privateKey: signingKey } = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const isRsa = ours.publicKey.asymmetricKeyType === 'rsa';
  const usages = x509.KeyUsageFlags.digitalSignature | (isRsa ? x509.KeyUsageFlags.keyEncipherment : 0);
  const made = await x509.X509CertificateGenerator.create({
    subject: utf8Name(host),
    issuer: new x509.X509Certificate(authority).subjectName,
    publicKey,
    signingKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    serialNumber: ours.serialNumber,
    notBefore: new Date(ours.validFrom),
    notAfter: new Date(ours.validTo),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(usages, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(
        new x509.PublicKey(ca.publicKey.export({ format: 'der', type: 'spki' })),
      ),
    ],
  });
  return Buffer.from(made.rawData);
}

/** An authority (RSA 3072 or EC) and its leaf as podlaunch made them with @peculiar/x509, before it had code of its own. */
export async function oldIdentities(
  host: string,
  now: Date,
  kind: 'rsa' | 'ec',
): Promise<{ readonly authority: Identity; readonly leaf: Identity }> {
  const algorithm = (bits: number) =>
    kind === 'rsa' ? { ...RSA, modulusLength: bits } : { name: 'ECDSA', namedCurve: 'P-256' };
  const signingAlgorithm = kind === 'rsa' ? RSA : { name: 'ECDSA', hash: 'SHA-256' };
  const [above, below] = await Promise.all(
    [3072, 2048].map(
      (bits) =>
        webcrypto.subtle.generateKey(algorithm(bits), true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>,
    ),
  );
  const name = (commonName: string) => new x509.Name([{ O: ['podlaunch'] }, { CN: [commonName.slice(0, 64)] }]);
  const dates = { notBefore: new Date(now.getTime() - DAY / 24), notAfter: new Date(now.getTime() + 3650 * DAY) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: name(`podlaunch CA of ${host}`),
    keys: above!,
    signingAlgorithm,
    serialNumber: '41424344454647484950515253545556',
    ...dates,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(above!.publicKey),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    subject: name(host),
    issuer: ca.subjectName,
    publicKey: below!.publicKey,
    signingKey: above!.privateKey,
    signingAlgorithm,
    serialNumber: '41424344454647484950515253545557',
    ...dates,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
      await x509.SubjectKeyIdentifierExtension.create(below!.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  const pem = (certificate: x509.X509Certificate) => `${certificate.toString('pem')}\n`;
  const key = ({ privateKey }: webcrypto.CryptoKeyPair) =>
    KeyObject.from(privateKey).export({ format: 'pem', type: 'pkcs8' }).toString();
  return {
    authority: { certificate: pem(ca), key: key(above!) },
    leaf: { certificate: pem(leaf), key: key(below!) },
  };
}
