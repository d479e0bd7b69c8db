import { createHash } from 'node:crypto';

/** A public key of SSH. */
export interface PublicKey {
  readonly type: string;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
  /** Type, key and comment with single blanks between them; what is not printable ASCII in the comment is `?`. */
  readonly line: string;
  /** Type and key: what two lines of one key have in common. */
  readonly id: string;
}

/** A public key, or what is wrong with it, as the end of a sentence: "AdminPublicKey is empty". */
export type ReadKey = PublicKey | { readonly fault: string };

/** The types that nodes hand to sshd: lifecycle-scripts/podlaunch_node/libexec/authorized-keys has the same. */
const TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];
/** In bits, as strong as the other types (NIST SP 800-57). sshd itself takes 1024. */
const LEAST_RSA = 3072;
const LONGEST = 16_384;

/**
 * Reads an SSH public key as a line of authorized_keys has it: type, base64 and, if there, a comment. The base64 must be
 * a key of that very type (RFC 4253, 6.6), with nothing left over. What is wrong never quotes the text. The nodes offer
 * sshd every line that this gives (test/fixtures/ssh-keys.json).
 */
export function readPublicKey(text: string): ReadKey {
  const fault = (words: string): ReadKey => ({ fault: words });
  if (/PRIVATE KEY/.test(text)) return fault('is a private key: give the file that ends in .pub');
  const line = text.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  if (line === '') return fault('is empty');
  if (/[\r\n]/.test(line)) return fault('has more than one line: give one key');
  if (text.length > LONGEST) return fault('is longer than a key can be');
  const [type = '', encoded = '', ...comment] = line.split(/[ \t]+/);
  if (/[^\x20-\x7e]/.test(`${type}${encoded}`)) return fault('has characters before or in the key that are not ASCII');
  if (!TYPES.includes(type)) return fault(`must begin with the type of a key, one of ${TYPES.join(', ')}`);
  const blob = Buffer.from(encoded, 'base64');
  if (encoded === '' || blob.toString('base64') !== encoded) {
    return fault('has no key in base64 after its type');
  }
  const fields = fieldsOf(blob);
  if (fields === undefined || fields[0]?.toString('latin1') !== type)
    return fault(`is not a valid key of the type ${type}; it may be cut off`);
  const wrong = faultOf(type, fields);
  if (wrong !== undefined) return fault(wrong);
  const printable = comment.join(' ').replaceAll(/[^\x20-\x7e]/gu, '?');
  return {
    type,
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    line: [type, encoded, printable].filter((word) => word !== '').join(' '),
    id: `${type} ${encoded}`,
  };
}

/** A key's fields, each with its length before it; undefined where they do not fill the bytes. */
function fieldsOf(blob: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** How many fields a type has after its name. */
const FIELDS: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'sk-ssh-ed25519@openssh.com': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
};

function faultOf(type: string, [, ...fields]: readonly Buffer[]): string | undefined {
  const whole = `is not a valid key of the type ${type}`;
  if (fields.length !== (FIELDS[type] ?? 2)) return whole;
  const [first, second] = fields;
  if (type.includes('ed25519')) return first!.length === 32 ? undefined : whole;
  if (type === 'ssh-rsa') {
    if (second![0]! >= 0x80) return whole;
    const bits = BigInt(`0x0${second!.toString('hex')}`).toString(2).length;
    return bits >= LEAST_RSA ? undefined : `is an RSA key of ${bits} bits; ${LEAST_RSA} are the least`;
  }
  const curve = /nistp(256|384|521)/.exec(type)!;
  const bytes = Math.ceil(Number(curve[1]) / 8);
  const isPoint = second!.length === 2 * bytes + 1 && second![0] === 4;
  return first!.toString('latin1') === curve[0] && isPoint ? undefined : whole;
}
