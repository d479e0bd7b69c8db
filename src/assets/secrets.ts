import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { lineSpan } from './text-lines.ts';

/** A line with this word in it is taken at its word: an example in a comment, a test value. */
const EXCUSED = 'not-a-secret';

/** A value in quotes (groups 1 and 2), or one without that ends where code would not go on (group 3). */
const VALUE = /(?:(["'])((?:(?!\1).)+)\1|([^\s"'`,;(){}[\]]+)(?=$|[\s"',;}]))/;
const NAMED_SECRET = new RegExp(
  /(?:password|passwd|passphrase|pwd|secret|token|api_?key|authtok)["']?\s*(?::|=>?)\s*/.source + VALUE.source,
  'gi',
);
/** The bind password of the LDAP tools: -w takes it from the command line. */
const LDAP_OPTION = new RegExp(/\bldap[a-z]+\s(?:.*\s)?-w\s*/.source + VALUE.source, 'g');

/** A whole value that stands for another: $VAR, ${VAR}, $(command), <your-password>, %(name)s, {name}. */
const REFERENCE = /^(?:\$\w+|\$\{[^}]*\}|\$\(.*\)?|<[^<>]*>|%\(\w+\)s|%s|\{+[\w. ]*\}+)$/;
/** What code and settings name: a key, an attribute, a file, an address. */
const NAME = /^(?:[a-z_]+\d*(?:[-_./:][a-z]+\d*)+|[-=+?~./].*|(?:https?|arn|file|s3|ldaps?):.*)$/i;
/** A value that speaks of secrets is a name or a text, not one. */
const SPEAKS_OF_IT = /password|secret|token|credential/i;

const SHAPES: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: 'the id of an AWS access key', shape: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  {
    what: 'an AWS secret access key',
    shape: /aws_?secret_?access_?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  },
  {
    what: 'a session token of AWS',
    shape: /aws_?session_?token["']?\s*[:=]\s*["']?[A-Za-z0-9/+=]{40,}/i,
  },
  { what: 'a token of GitHub', shape: /\b(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/ },
  { what: 'a token of Slack', shape: /\bxox[bp]-[A-Za-z0-9-]{10,}/ },
  { what: 'a private key', shape: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/ },
  { what: "the password of SSSD's bind user", shape: /^\s*ldap_default_authtok\s*=\s*[^\s$%{<]\S*/ },
];

/** Finds what looks like a secret (PL2014): keys of AWS, private keys, and passwords written into code or settings. */
export function findSecrets(file: string, lines: readonly string[]): readonly Diagnostic[] {
  return lines.flatMap((text, line) => {
    const found = text.includes(EXCUSED) ? undefined : (shapedSecret(text) ?? namedSecret(text) ?? ldapSecret(text));
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

/** Finds a file that is a key or a store of keys by its name (PL2014): nothing in it can be read here. */
export function findSecretFile(file: string): readonly Diagnostic[] {
  const ending = /\.(?:p12|pfx|key|jks|kdbx)$/i.exec(file)?.[0];
  if (ending === undefined) return [];
  const message = `${file} looks like a store of secrets: its name ends with ${ending}.`;
  const hint = 'Keep it in Secrets Manager and read it on the node; if it is none, give it another name.';
  return [error({ code: 'PL2014', message, hint })];
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

/** A literal given to a name such as `password`. */
function namedSecret(text: string): Found | undefined {
  for (const match of text.matchAll(NAMED_SECRET)) {
    const [whole, , quoted, bare] = match;
    if (quoted === undefined ? isSecret(bare!, 8) : isSecret(quoted, 6) || isLongWord(quoted))
      return { what: 'a password or token', at: match.index, length: whole.length };
  }
  return undefined;
}

function ldapSecret(text: string): Found | undefined {
  for (const match of text.matchAll(LDAP_OPTION)) {
    if (!REFERENCE.test(match[2] ?? match[3]!))
      return { what: 'a bind password on a command line', at: match.index, length: match[0].length };
  }
  return undefined;
}

/** Letters together with a digit or sign, so that `password = "bind-password"` passes; a text with spaces needs a digit. */
function isSecret(value: string, length: number): boolean {
  if (value.length < length || REFERENCE.test(value) || NAME.test(value)) return false;
  return /[A-Za-z]/.test(value) && (/\s/.test(value) ? /[0-9]/ : /[0-9!@#^&*+?]/).test(value);
}

/** A word in quotes, too long for the words of code. */
function isLongWord(value: string): boolean {
  return /^[A-Za-z]{10,}$/.test(value) && !SPEAKS_OF_IT.test(value);
}
