import { readFileSync, statSync } from 'node:fs';
import { refuse } from '../../diagnostics/refusal.ts';
import type { Logo } from './page-input.ts';

const MOST_BYTES = 32 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Reads the publisher's logo. What it is, its content says: a browser runs nothing in an SVG that is a picture of a page.
 * @throws Refusal PL5014
 */
export function readLogo(path: string): Logo {
  let bytes: Uint8Array;
  try {
    bytes = statSync(path).size > MOST_BYTES ? new Uint8Array() : readFileSync(path);
  } catch {
    bytes = new Uint8Array();
  }
  const kind = kindOf(bytes);
  if (kind) return { bytes, kind };
  throw refuse({
    code: 'PL5014',
    message: `${path} is not a picture in SVG or PNG of at most ${MOST_BYTES} bytes.`,
    hint: 'Correct page.logo in podlaunch.yaml, or leave it out.',
  });
}

function kindOf(bytes: Uint8Array): Logo['kind'] | undefined {
  if (PNG.equals(bytes.subarray(0, PNG.length))) return 'png';
  const text = new TextDecoder().decode(bytes.subarray(0, 1024));
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text) ? 'svg' : undefined;
}
