import type { Config } from './config.ts';

/**
 * GiB of which a file system with EFA has a multiple, by its throughput:
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/increase-storage-capacity.html
 */
const STEPS: Readonly<Record<Config['storage']['throughput'], number>> = {
  125: 38400,
  250: 19200,
  500: 9600,
  1000: 4800,
};

export const EFA_THROUGHPUTS = [125, 250, 500, 1000] as const;

/** The Lustre version that a file system with EFA needs. */
export const EFA_VERSION = '2.15';

/** GiB of which a file system with EFA has a multiple at this throughput. */
export function efaStep(throughput: Config['storage']['throughput']): number {
  return STEPS[throughput];
}
