import { refuse } from '../diagnostics/refusal.ts';
import { readPublicKey } from '../functions/lib/public-key.ts';

/**
 * The public keys in the text of a file such as id_ed25519.pub or authorized_keys: a line each; comments are left out.
 * @param file how the message names it
 * @throws Refusal PL9003 for a line that is none, or when there is none
 */
export function readKeys(text: string, file: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  if (lines.length === 0) throw bad(`${file} has no key`);
  // A private key has many lines: what it is is said of the whole.
  if (/PRIVATE KEY/.test(text)) throw bad(`${file} ${faultOf(text)}`);
  return lines.map((line) => {
    const key = readPublicKey(line);
    if ('fault' in key) throw bad(`${file} has a line that ${key.fault}`);
    return key.line;
  });
}

function faultOf(text: string): string {
  const key = readPublicKey(text);
  return 'fault' in key ? key.fault : '';
}

function bad(what: string): Error {
  return refuse({
    code: 'PL9003',
    message: `${what}.`,
    hint: 'Give the public key: ~/.ssh/id_ed25519.pub, or - for stdin.',
  });
}
