/** MB/s per TiB that a file system for Lustre on SSDs can have. */
export const THROUGHPUTS = [125, 250, 500, 1000] as const;

type Throughput = (typeof THROUGHPUTS)[number];

/**
 * GiB of which a file system with EFA has a multiple, by its throughput:
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/increase-storage-capacity.html
 */
const STEPS: Readonly<Record<Throughput, number>> = {
  125: 38400,
  250: 19200,
  500: 9600,
  1000: 4800,
};

/** The Lustre version that a file system with EFA needs. */
export const EFA_VERSION = '2.15';

/** GiB of which a file system with EFA has a multiple at this throughput. */
export function efaStep(throughput: Throughput): number {
  return STEPS[throughput];
}
