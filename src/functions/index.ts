import { alignTargets } from './align-targets/function.ts';
import { certificateFunction } from './certificate/function.ts';
import { copyAssets } from './copy-assets/function.ts';
import type { Declaration } from './lib/declaration.ts';
import { peopleFunction } from './people/function.ts';
import { peopleAnswer } from './people-answer/function.ts';
import { preflightFunction } from './preflight/function.ts';
import { rotateBindSecret } from './rotate-bind-secret/function.ts';

/** Every function: the build makes the code of each from its folder. */
export const FUNCTIONS: readonly Declaration[] = [
  alignTargets,
  certificateFunction,
  copyAssets,
  peopleFunction,
  peopleAnswer,
  preflightFunction,
  rotateBindSecret,
];
