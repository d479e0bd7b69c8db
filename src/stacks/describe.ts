import { VERSION } from '../version.ts';
import type { StackName } from './stack-name.ts';

/** The Description of a stack: which tool and version made it, which stack it is, what it holds. */
export function describe(stack: StackName, holds: string): string {
  return `podlaunch ${VERSION} ${stack} - ${holds}`;
}
