import { join } from 'node:path';
import { pythonTool } from './python-tools.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** moto: AWS's service APIs (S3, Directory Service, ACM, Secrets Manager, SSM, FSx, SageMaker, …) on the loopback interface. */
export interface Moto extends ServerProcess {
  /** Forgets everything that was made in it, in all accounts. */
  reset(): Promise<void>;
}

/** Starts a moto server on a free port of 127.0.0.1. Its account is 123456789012; it checks no signatures. */
export async function startMoto(): Promise<Moto> {
  const server = await startServer({
    file: await pythonTool('moto', 'python'),
    args: (port) => [join(import.meta.dirname, 'moto_server.py'), '-H', '127.0.0.1', '-p', String(port)],
    readyPath: '/moto-api/data.json',
  });
  const reset = async () => {
    const answer = await fetch(`${server.url}/moto-api/reset`, { method: 'POST' });
    if (!answer.ok) throw new Error(`moto did not reset: ${answer.status}`);
  };
  return { ...server, reset };
}
