import type { AnswersOf, PropertiesOf } from '../lib/declaration.ts';
import { defineResource, type ResourceHandler, type Run } from '../lib/define-resource.ts';
import { Fault, reasonOf } from '../lib/fault.ts';
import { readPublicKey } from '../lib/public-key.ts';
import { retry } from '../lib/retry.ts';
import { openClients } from './clients.ts';
import type { preflightFunction } from './function.ts';
import { PATIENCE, runPreflight } from './preflight.ts';
import { type Wanted, wantedOf } from './wanted.ts';

type Preflight = typeof preflightFunction;

/** The answer may have 4,096 bytes. */
const LONGEST = 3000;

export const handler: ResourceHandler<Preflight> = defineResource({
  id: 'podlaunch-preflight',
  whenLate: 'Try again.',
  create: (properties, run) => look(wantedOf(properties, regionOf(run)), run),
  update: (properties, run, old) => look(wantedOf(properties, regionOf(run), old), run),
  // What there was before fitted in.
  goBack: async (properties) => ({ KeyFingerprint: fingerprint(properties), Warnings: '' }),
  async delete() {},
});

async function look(wanted: Wanted, run: Run): Promise<AnswersOf<Preflight>> {
  const stop = AbortSignal.any([run.stop, AbortSignal.timeout(PATIENCE)]);
  const findings = await runPreflight(wanted, {
    clients: openClients(() => ({})),
    stop,
    again: (question) => retry(stop, question),
    reason: reasonOf,
  });
  for (const { level, text } of findings) console.log(`${level}: ${text}`);
  const texts = (level: string) => findings.filter((one) => one.level === level).map(({ text }) => text);
  const refusals = texts('refusal');
  if (refusals.length > 0) throw new Fault([...refusals, ...texts('warning')].join(' '));
  const Warnings = texts('warning').join(' ').slice(0, LONGEST);
  return { KeyFingerprint: fingerprint({ AdminPublicKey: wanted.admin?.publicKey ?? '' }), Warnings };
}

function fingerprint({ AdminPublicKey }: Pick<PropertiesOf<Preflight>, 'AdminPublicKey'>): string {
  const key = readPublicKey(AdminPublicKey);
  return 'fingerprint' in key ? key.fingerprint : '';
}

/** Of the stack, and so of the function. */
function regionOf({ stackId }: Run): string {
  return stackId.split(':')[3]!;
}
