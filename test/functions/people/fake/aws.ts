import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { publicKeyHash } from '../../../../src/certificate/x509/key-hash.ts';
import { PEOPLE_CODE } from '../../../../src/functions/generated/people.ts';
import type { EnvironmentOf } from '../../../../src/functions/lib/declaration.ts';
import type { peopleFunction } from '../../../../src/functions/people/function.ts';
import { DOMAIN } from './directory.ts';
import { ADMIN_PASSWORD, BIND_SECRET } from './house.ts';
import { FakeSecret } from './secret.ts';
import type { FakeServer } from './server.ts';

export const DIRECTORY_ID = 'd-1234567890';
const arn = (rest: string) => `arn:aws:${rest.replace(':', ':us-west-2:123456789012:')}`;
export const ADMIN_SECRET = arn('secretsmanager:secret:admin-AbCdEf');
export const BIND_SECRET_ARN = arn('secretsmanager:secret:bind-AbCdEf');
export const CERTIFICATE = arn('acm:certificate/01234567-89ab-cdef-0123-456789abcdef');
export const TOPIC = arn('sns:alarms');
export const FUNCTION = arn('lambda:function:people');

/** What the people function is told by its template, where the directory is the fake one: all but the authority. */
export const ENVIRONMENT: Omit<EnvironmentOf<typeof peopleFunction>, 'AuthorityKeySha256'> = {
  DomainName: DOMAIN,
  ShortName: 'hyperpod',
  DirectoryId: DIRECTORY_ID,
  LdapsHost: 'localhost',
  CertificateArn: CERTIFICATE,
  AdminSecretArn: ADMIN_SECRET,
  BindSecretArn: BIND_SECRET_ARN,
  AlarmTopicArn: TOPIC,
  PeoplePolicy: 'true',
  SudoGroups: 'ClusterAdmin',
  HandOverPrefix: 'podlaunch/physics/people/',
};

/** All that it is told, where the stack made the certificate of the fake directory. */
export function environmentOf({ target }: FakeServer): EnvironmentOf<typeof peopleFunction> {
  return { ...ENVIRONMENT, AuthorityKeySha256: publicKeyHash(target.authority) };
}

/** The code of the people function, for which LDAPS is on the port of the fake directory. */
export function peopleCodeFor({ target }: FakeServer): string {
  return PEOPLE_CODE.text.replace('LDAPS_PORT = 636', `LDAPS_PORT = ${target.port}`);
}

/** A secret that the function made. */
export interface MadeSecret {
  readonly policy?: any;
  readonly value?: string;
  /** In ms since 1970. */
  readonly changed: number;
}

/** The services that the people function and the one before it ask, beside a fake directory. */
export interface FakeAws {
  readonly url: string;
  /** Secrets that were made, by name. */
  readonly made: Map<string, MadeSecret>;
  /** Names of those that were deleted. */
  readonly removed: readonly string[];
  /** What Lambda does with a call of the people function. */
  invoke: (payload: string) => Promise<{ readonly status?: number; readonly body: string }>;
  readonly bindSecret: FakeSecret;
  /** What was published to the topic. */
  readonly published: string[];
  /** Refuses a request before or after it is carried out, as a function that is killed there would leave it. */
  refuse: (operation: string) => 'before' | 'after' | undefined;
  stop(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startFakeAws(fake: FakeServer): Promise<FakeAws> {
  const bindSecret = new FakeSecret(BIND_SECRET);
  const secrets: Readonly<Record<string, FakeSecret>> = {
    [ADMIN_SECRET]: new FakeSecret({ username: 'Admin', password: ADMIN_PASSWORD }),
    [BIND_SECRET_ARN]: bindSecret,
  };
  const made = new Map<string, MadeSecret>();
  const removed: string[] = [];
  const change = (name: string, part: object) => {
    if (!made.has(name)) throw new Error('ResourceNotFoundException');
    made.set(name, { ...made.get(name)!, ...part, changed: Date.now() });
    return { ARN: `${arn(`secretsmanager:secret:${name}`)}-AbCdEf`, Name: name };
  };
  const operations: Readonly<Record<string, (input: any) => object>> = {
    'secretsmanager.CreateSecret': ({ Name }) => {
      if (made.has(Name)) throw new Error('ResourceExistsException');
      made.set(Name, { changed: Date.now() });
      return change(Name, {});
    },
    'secretsmanager.PutResourcePolicy': ({ SecretId, ResourcePolicy, BlockPublicPolicy }) => {
      if (/role[/]nobody/.test(ResourcePolicy) || !BlockPublicPolicy)
        throw new Error('MalformedPolicyDocumentException');
      return change(SecretId, { policy: JSON.parse(ResourcePolicy) });
    },
    'secretsmanager.PutSecretValue': ({ SecretId, SecretString, ...version }) => {
      if (SecretId in secrets) return secrets[SecretId]!.put({ SecretString, ...version });
      if (!made.get(SecretId)?.policy) throw new Error('a value without a policy');
      return change(SecretId, { value: SecretString });
    },
    'secretsmanager.ListSecrets': ({ Filters: [{ Values }], NextToken = '0' }) => {
      const names = [...made.keys()].filter((name) => name.toLowerCase().startsWith(Values[0].toLowerCase()));
      const [Name, more] = names.slice(Number(NextToken));
      const SecretList = Name === undefined ? [] : [{ Name, LastChangedDate: made.get(Name)!.changed / 1000 }];
      return { SecretList, ...(more !== undefined && { NextToken: String(Number(NextToken) + 1) }) };
    },
    'secretsmanager.DeleteSecret': ({ SecretId }) => {
      removed.push(SecretId);
      return {};
    },
    'secretsmanager.GetSecretValue': ({ SecretId, ...version }) => secrets[SecretId]!.get(version),
    'secretsmanager.DescribeSecret': ({ SecretId }) => secrets[SecretId]!.describe(),
    'secretsmanager.UpdateSecretVersionStage': ({ SecretId, ...label }) => secrets[SecretId]!.moveLabel(label),
    'DirectoryService_20150416.DescribeDomainControllers': ({ DirectoryId }) => ({
      DomainControllers: ['10.0.0.10', '10.0.1.10'].map((DnsIpAddr) => ({ DirectoryId, DnsIpAddr, Status: 'Active' })),
    }),
    'CertificateManager.GetCertificate': () => ({
      Certificate: fake.certificate,
      CertificateChain: fake.target.authority,
    }),
    'DirectoryService_20150416.ResetUserPassword': ({ DirectoryId, UserName, NewPassword }) => {
      if (DirectoryId !== DIRECTORY_ID) throw new Error('EntityDoesNotExistException');
      fake.directory.resetPassword(UserName, NewPassword);
      return {};
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    if (request.url?.endsWith('/invocations')) {
      const { status = 200, body: said } = await aws.invoke(body);
      response.writeHead(status, { 'x-amzn-errortype': status === 200 ? '' : 'ResourceConflictException' }).end(said);
      return;
    }
    const asked = new URLSearchParams(body);
    if (asked.get('Action') === 'Publish') {
      if (asked.get('TopicArn') === TOPIC) aws.published.push(String(asked.get('Message')));
      response.end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>');
      return;
    }
    const name = String(request.headers['x-amz-target']);
    const refused = aws.refuse(name);
    try {
      if (refused === 'before') throw new Error('KilledException');
      const answer = JSON.stringify(operations[name]!(JSON.parse(body)));
      if (refused === 'after') throw new Error('KilledException');
      response.end(answer);
    } catch (thrown) {
      const __type = (thrown as Error).message;
      response.writeHead(400).end(JSON.stringify({ __type, message: `refused ${body}` }));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const aws: FakeAws = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    made,
    removed,
    invoke: async () => ({ body: 'null' }),
    bindSecret,
    published: [],
    refuse: () => undefined,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return aws;
}
