import { vi } from 'vitest';

/** Gives the AWS SDK of this process credentials that emulators take; `vi.unstubAllEnvs` takes them away. */
export function stubCredentials(): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
}
