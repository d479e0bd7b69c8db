import { isHostName } from '../../certificate/x509/host-name.ts';
import { issueLeaf, makeAuthority } from '../../certificate/x509/identity.ts';
import { publicKeyHash } from '../../certificate/x509/key-hash.ts';
import { byEvent, type EitherHandler } from '../lib/by-event.ts';
import type { AnswersOf, PropertiesOf } from '../lib/declaration.ts';
import { defineResource, type Run } from '../lib/define-resource.ts';
import { defineSchedule, type ScheduledRun } from '../lib/define-schedule.ts';
import { Fault } from '../lib/fault.ts';
import type { certificateFunction } from './function.ts';
import { deleteCertificate, GONE, importCertificate, isGone, type Kept, readCertificate } from './in-acm.ts';
import { kmsSigner } from './kms-signer.ts';

type Properties = PropertiesOf<typeof certificateFunction>;
type Answers = AnswersOf<typeof certificateFunction>;

const LEAF_DAYS = 397;
const AUTHORITY_DAYS = 3650;
const DAY = 24 * 60 * 60 * 1000;

export const handler: EitherHandler<typeof certificateFunction> = byEvent(
  defineResource<typeof certificateFunction>({
    id: /^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[A-Za-z0-9-]+$/,
    whenLate: 'Try again. A certificate can be deleted when no listener uses it any more.',
    create: makeNew,
    update: keepOrMake,
    goBack: keepOrMake,
    delete: (_, { physicalId, stop }) => deleteCertificate(physicalId, stop),
  }),
  defineSchedule<typeof certificateFunction>({
    whenLate: 'It runs again tomorrow.',
    whenGone: [GONE],
    run: renewWhenDue,
  }),
);

/** Makes an authority and a certificate under it. The certificate's key is nowhere but here and in ACM. */
async function makeNew(properties: Properties, { stop, stackId, made }: Run): Promise<Answers> {
  const { HostName: host, KeyArn } = checked(properties);
  const now = new Date();
  const signer = await kmsSigner(KeyArn, stop);
  const authority = await makeAuthority({ host, days: AUTHORITY_DAYS, now }, signer);
  const leaf = await issueLeaf({ certificate: authority, signer }, { host, days: LEAF_DAYS, now });
  made(await importCertificate(leaf, authority, { stackId }, stop));
  return { AuthorityKeySha256: publicKeyHash(authority) };
}

/** Changes nothing where the certificate is for this host and under this key: nodes trust its authority. */
async function keepOrMake(properties: Properties, run: Run): Promise<Answers> {
  const { HostName, KeyArn } = checked(properties);
  const { publicKey } = await kmsSigner(KeyArn, run.stop);
  const kept = await readCertificate(run.physicalId, run.stop).catch((thrown): Kept | undefined => {
    if (isGone(thrown)) return undefined;
    throw thrown;
  });
  if (kept?.leaf.checkHost(HostName) && kept.authority.publicKey.equals(publicKey)) {
    return { AuthorityKeySha256: publicKeyHash(kept.authority.toString()) };
  }
  return makeNew(properties, run);
}

/** After two thirds of its life a certificate gets a successor under the same ARN and, while that lasts, the same authority. */
async function renewWhenDue(properties: Properties, { physicalId: arn, stop }: ScheduledRun): Promise<void> {
  const { HostName: host, KeyArn } = checked(properties);
  const now = new Date();
  const { leaf, authority } = await readCertificate(arn, stop);
  const [begin, end] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  if (now.getTime() < begin + ((end - begin) * 2) / 3)
    return console.log(`The certificate is good until ${leaf.validTo}`);
  const signer = await kmsSigner(KeyArn, stop);
  if (!authority.publicKey.equals(signer.publicKey)) {
    throw new Fault(`${arn} is not of this stack's authority: somebody imported another one. It is not renewed.`);
  }
  const lasts = Date.parse(authority.validTo) >= now.getTime() + LEAF_DAYS * DAY;
  const above = lasts ? authority.toString() : await makeAuthority({ host, days: AUTHORITY_DAYS, now }, signer);
  const next = await issueLeaf({ certificate: above, signer }, { host, days: LEAF_DAYS, now });
  await importCertificate(next, above, { arn }, stop);
}

/** Anyone who may invoke the function can send anything: only values that the template could send are accepted. */
function checked(properties: Properties): Properties {
  const { HostName, KeyArn } = properties;
  if (!isHostName(HostName)) throw new Fault(`${JSON.stringify(HostName)} is not a host name in lower case.`);
  if (!/^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/.test(KeyArn)) {
    throw new Fault(`${JSON.stringify(KeyArn)} is not the ARN of a key in KMS.`);
  }
  return properties;
}
