import { createHash } from 'node:crypto';

/** A public key of SSH. */
export interface SshKey {
  /** Type, key and comment, as the directory keeps it. */
  readonly line: string;
  /** Type and key: what two lines of one key have in common. */
  readonly id: string;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

const CURVES: Readonly<Record<string, readonly [curve: string, bytes: number]>> = {
  'ecdsa-sha2-nistp256': ['nistp256', 65],
  'ecdsa-sha2-nistp384': ['nistp384', 97],
  'ecdsa-sha2-nistp521': ['nistp521', 133],
  'sk-ecdsa-sha2-nistp256@openssh.com': ['nistp256', 65],
};
const ED25519 = ['ssh-ed25519', 'sk-ssh-ed25519@openssh.com'];
const RSA_BITS = 3072;
/** The longest line that the nodes hand to sshd (lifecycle-scripts/podlaunch_node/libexec/authorized-keys). */
const LONGEST = 16_384;

/**
 * The key in a line, or why there is none, in words that do not repeat it. Nodes offer sshd every line that is taken here
 * (test/fixtures/ssh-keys.json); they do not look into the key, so more is asked here.
 */
export function readSshKey(line: string): SshKey | string {
  if (line.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (line.includes('PRIVATE KEY')) return 'is a private key: remove it at once, and make a new pair';
  const words = line.split(/[ \t\r]+/).filter((word) => word !== '');
  const [type = '', key = '', ...comment] = words;
  if (/\n/.test(line)) return 'has a line end in it: one key is one line';
  if (!(type in CURVES) && !ED25519.includes(type) && type !== 'ssh-rsa') {
    return 'does not begin with the type of a public key, such as ssh-ed25519; options before it are not taken';
  }
  const blob = Buffer.from(key, 'base64');
  if (blob.length === 0 || blob.toString('base64') !== key) return 'has no key in base64 as its second word';
  const fault = faultOf(type, blob);
  if (fault !== undefined) return fault;
  const printable = comment.join(' ').replaceAll(/[^\x20-\x7e]/gu, '?');
  const sum = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return {
    line: [type, key, printable].filter((word) => word !== '').join(' '),
    id: `${type} ${key}`,
    fingerprint: `SHA256:${sum}`,
  };
}

/** What is wrong with the bytes of a key. Rules: RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4; OpenSSH's PROTOCOL.u2f. */
function faultOf(type: string, blob: Buffer): string | undefined {
  const parts = stringsOf(blob);
  if (parts === undefined) return 'has a key that is cut off, or goes on after its end';
  if (parts[0]?.toString() !== type) return 'says one type and has a key of another';
  const rest = parts.slice(1);
  const application = type.startsWith('sk-') ? 1 : 0;
  if (type === 'ssh-rsa') return faultOfRsa(rest);
  if (ED25519.includes(type)) {
    return rest.length === 1 + application && rest[0]!.length === 32 ? undefined : 'has a key that is not Ed25519';
  }
  const [curve, bytes] = CURVES[type]!;
  const [name, point] = rest;
  const isPoint = rest.length === 2 + application && name!.toString() === curve && point!.length === bytes;
  return isPoint && point![0] === 4 ? undefined : `has a key that is not on the curve ${curve}`;
}

function faultOfRsa([exponent, modulus, ...more]: readonly Buffer[]): string | undefined {
  if (!exponent || !modulus || more.length > 0 || modulus[0]! >= 0x80) return 'has a key that is not RSA';
  const digits = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  const bits = digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
  return bits >= RSA_BITS ? undefined : `is an RSA key of ${bits} bits; ${RSA_BITS} are the least`;
}

/** The strings that a key is made of, each after its length in four bytes; undefined where they do not end with it. */
function stringsOf(blob: Buffer): readonly Buffer[] | undefined {
  const found = [];
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    found.push(blob.subarray(at + 4, end));
    at = end;
  }
  return found;
}
