import { vi } from 'vitest';
import type { EnvironmentOf } from '../../../src/functions/lib/declaration.ts';
import { directoryPlace } from '../../../src/functions/lib/directory-place.ts';
import { reasonOf } from '../../../src/functions/lib/fault.ts';
import { tryBind } from '../../../src/functions/people/engine/try-bind.ts';
import type { rotateBindSecret } from '../../../src/functions/rotate-bind-secret/function.ts';
import { handler, type RotationCall } from '../../../src/functions/rotate-bind-secret/handler.ts';
import { awsEnvironment } from '../../support/aws-cli.ts';
import { type DescribedStack, STACK_ID, startDescribedStack } from '../../support/described-stack.ts';
import { BIND_SECRET_ARN, DIRECTORY_ID, type FakeAws, FUNCTION, startFakeAws } from '../people/fake/aws.ts';
import { DOMAIN } from '../people/fake/directory.ts';
import { FakeHouse } from '../people/fake/house.ts';
import { type FakeServer, startFakeServer, takeTurns } from '../people/fake/server.ts';

/** What the rotation is told by its template, where the directory is the fake one. */
export const ENVIRONMENT: EnvironmentOf<typeof rotateBindSecret> = {
  ...{ DomainName: DOMAIN, ShortName: 'hyperpod', DirectoryId: DIRECTORY_ID },
  ...{ BindSecretArn: BIND_SECRET_ARN, PeopleFunctionArn: FUNCTION },
  ...{ RotationDays: '14', RefreshSeconds: '600' },
};

/** The rotation beside a directory of two controllers, services of AWS and a clock that the test moves. */
export interface Rotating {
  readonly fake: FakeServer;
  readonly aws: FakeAws;
  readonly stack: DescribedStack;
  /** All that was written, answered or thrown. */
  readonly seen: string[];
  /** One run. Throws what it throws. */
  run(call?: RotationCall): Promise<unknown>;
  /** One run, after so many minutes. Gives its log. */
  after(minutes: number, call?: RotationCall): Promise<string>;
  /** The account under a label of the secret, and whether its password opens the directory. */
  account(stage?: string): readonly [account: string | undefined, opens: boolean];
  /** Whether such a secret opens the directory. */
  opens(secret: { readonly bindDn: string; readonly password: string }): boolean;
  stop(): Promise<void>;
}

export const EMERGENCY = { rotate: 'now' } as const;
export const SCHEDULED: RotationCall = { StackId: STACK_ID, Properties: {} };

/** Starts it, with the bind accounts that the people function makes. */
export async function startRotating(): Promise<Rotating> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const [fake, stack] = await Promise.all([startFakeServer(), startDescribedStack()]);
  const aws = await startFakeAws(fake);
  stack.status = 'CREATE_COMPLETE';
  const services = { ...awsEnvironment({ endpointUrl: aws.url }), AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url };
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', AWS_LAMBDA_FUNCTION_NAME: 'rotation' };
  for (const [name, value] of Object.entries({ ...services, ...ENVIRONMENT, ...quiet })) vi.stubEnv(name, value);
  await new FakeHouse(fake).apply({ document: {} });
  takeTurns(fake);

  const seen: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((...words) => void seen.push(words.join(' ')));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => seen.push(String(text)) > 0);
  const { target } = fake;
  const place = directoryPlace(DOMAIN, 'hyperpod');
  aws.invoke = async (payload) => {
    seen.push(payload);
    const { SecretString } = aws.bindSecret.get({ VersionId: JSON.parse(payload).versionId }) as any;
    const { bindDn, password } = JSON.parse(SecretString);
    const account = /^CN=([^,]+)/.exec(bindDn)![1]!;
    const { signal: stop } = new AbortController();
    const tried = tryBind({ account, password, place, target, controllers: 2, patience: 0, stop });
    const body = await tried.then(
      (opened) => ({ opened }),
      (thrown) => ({ error: reasonOf(thrown) }),
    );
    return { body: JSON.stringify(body) };
  };
  const opens: Rotating['opens'] = ({ bindDn, password }) => {
    try {
      fake.directory.bind(bindDn, password);
      return true;
    } catch {
      return false;
    }
  };
  const rotating: Rotating = {
    ...{ fake, aws, stack, seen, opens },
    async run(call = SCHEDULED) {
      const context = { getRemainingTimeInMillis: () => 600_000 };
      const ended = await handler(call, context).catch((thrown) => {
        seen.push(reasonOf(thrown));
        throw thrown;
      });
      seen.push(JSON.stringify(ended) ?? '');
      return ended;
    },
    async after(minutes, call) {
      vi.setSystemTime(Date.now() + minutes * 60_000);
      const from = seen.length;
      await rotating.run(call);
      return seen.slice(from).join('\n');
    },
    account(stage = 'AWSCURRENT') {
      const value = aws.bindSecret.at(stage);
      return [/^CN=([^,]+)/.exec(value?.bindDn ?? '')?.[1], value !== undefined && opens(value)];
    },
    async stop() {
      await Promise.all([fake.stop(), aws.stop(), stack.stop()]);
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      vi.useRealTimers();
    },
  };
  return rotating;
}
