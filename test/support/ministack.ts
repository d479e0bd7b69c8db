import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type AwsOptions, awsEnvironment } from './aws-cli.ts';
import { lambdaNode } from './lambda-node.ts';
import { startMoto } from './moto.ts';
import { pythonTool } from './python-tools.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** The account of everything that the emulators make. */
export const ACCOUNT = '123456789012';

const NODE_MODULES = resolve(import.meta.dirname, '../../node_modules');

/**
 * CloudFormation on the loopback interface: ministack, which also runs the functions of custom resources (on Lambda's
 * Node.js, with the real AWS SDK), and the types it lacks from overlay/, some of them backed by a moto server beside it.
 */
export interface Ministack extends ServerProcess {
  /** For the AWS CLI. */
  readonly aws: AwsOptions;
}

/**
 * Starts ministack with its overlay, and moto. Nothing is written outside a temporary folder, which goes when it stops.
 * @param more environment of ministack and its functions, such as BEHIND_URL (overlay/behind.py)
 */
export async function startMinistack(more: NodeJS.ProcessEnv = {}): Promise<Ministack> {
  const [python, node, moto] = await Promise.all([
    pythonTool('ministack', 'python'),
    lambdaNode('nodejs24.x'),
    startMoto(),
  ]);
  const home = mkdtempSync(join(tmpdir(), 'podlaunch-ministack-'));
  for (const folder of ['tmp', 'state', 's3']) mkdirSync(join(home, folder));
  // Functions are CommonJS, as in Lambda, whatever a package.json above the temporary folder says.
  writeFileSync(join(home, 'package.json'), '{"type": "commonjs"}');
  const stopAll = async (server?: ServerProcess) => {
    await Promise.all([server?.stop(), moto.stop()]);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const server = await startServer({
      file: python,
      args: () => ['-m', 'overlay'],
      env: (port) => ({ ...ministackEnvironment({ home, port, node, motoUrl: moto.url }), ...more }),
      readyPath: '/_ministack/health',
    });
    return { ...server, aws: { endpointUrl: server.url }, stop: () => stopAll(server) };
  } catch (cause) {
    await stopAll();
    throw cause;
  }
}

interface Places {
  readonly home: string;
  readonly port: number;
  /** The Node.js that functions run on. */
  readonly node: string;
  readonly motoUrl: string;
}

function ministackEnvironment({ home, port, node, motoUrl }: Places): NodeJS.ProcessEnv {
  const url = `http://127.0.0.1:${port}`;
  const environment = awsEnvironment({ endpointUrl: url });
  return {
    ...environment,
    // Where it looks for node.
    PATH: `${dirname(node)}:${environment['PATH']}`,
    HOME: home,
    TMPDIR: join(home, 'tmp'),
    STATE_DIR: join(home, 'state'),
    S3_DATA_DIR: join(home, 's3'),
    BIND_HOST: '127.0.0.1',
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: ACCOUNT,
    MINISTACK_REGION: 'us-west-2',
    // Functions run as their roles, and policies are enforced.
    AUTH: 'true',
    GATEWAY_PORT: String(port),
    MOTO_URL: motoUrl,
    PYTHONPATH: import.meta.dirname,
    PYTHONDONTWRITEBYTECODE: '1',
    // Else ministack hands functions a stub of the AWS SDK.
    NODE_PATH: NODE_MODULES,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
