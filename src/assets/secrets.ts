import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { lineSpan } from './text-lines.ts';

/** A line with this word in it is taken at its word: an example in a comment, a test value. */
const EXCUSED = 'not-a-secret';

const NAMED_SECRET =
  /(?:password|passwd|passphrase|pwd|secret|token|api_?key|authtok)["']?\s*(?::|=>?)\s*(["'])((?:(?!\1)\S){6,})\1/i;

const SHAPES: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: 'the id of an AWS access key', shape: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  {
    what: 'an AWS secret access key',
    shape: /aws_?secret_?access_?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  },
  { what: 'a private key', shape: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/ },
  { what: "the password of SSSD's bind user", shape: /^\s*ldap_default_authtok\s*=\s*[^\s$%{<]\S*/ },
];

/** Finds what looks like a secret (PL2014): keys of AWS, private keys, and passwords written into code or settings. */
export function findSecrets(file: string, lines: readonly string[]): readonly Diagnostic[] {
  return lines.flatMap((text, line) => {
    const found = text.includes(EXCUSED) ? undefined : (shapedSecret(text) ?? namedSecret(text));
    if (!found) return [];
    return error({
      code: 'PL2014',
      message: `This looks like ${found.what}.`,
      span: lineSpan(file, lines, line, found.at, found.length),
      secret: true,
      hint: `Keep secrets in Secrets Manager and read them on the node. If it is none, write ${EXCUSED} into a comment on the line.`,
    });
  });
}

interface Found {
  readonly what: string;
  readonly at: number;
  readonly length: number;
}

function shapedSecret(text: string): Found | undefined {
  for (const { what, shape } of SHAPES) {
    const match = shape.exec(text);
    if (match) return { what, at: match.index, length: match[0].length };
  }
  return undefined;
}

/** A literal given to a name such as `password`: only one with a letter and a digit or sign, so that `password = "bind-password"` passes. */
function namedSecret(text: string): Found | undefined {
  const match = NAMED_SECRET.exec(text);
  const literal = match?.[2];
  if (!match || !literal || !/[A-Za-z]/.test(literal) || !/[0-9!@#^&*+?]/.test(literal)) return undefined;
  if (/[${}<>%]/.test(literal) || /^(?:https?|arn|file|s3):/.test(literal)) return undefined;
  return { what: 'a password or token', at: match.index, length: match[0].length };
}
