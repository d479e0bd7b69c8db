/** What lines for the AWS CLI make. */
export interface CreateStack {
  readonly region: string;
  readonly stackName: string;
  readonly templateUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the template makes IAM resources, which CloudFormation wants to be told. */
  readonly makesIam: boolean;
}

/**
 * A line for a POSIX shell that makes a stack. Everything that is not plainly harmless is in single quotes, in which a
 * shell knows no special sign but the quote itself.
 */
export function posixLine(stack: CreateStack): string {
  const list = parameterList(stack.parameters);
  return [...words(stack).map(posixWord), ...(list === '[]' ? [] : ['--parameters', posixWord(list)])].join(' ');
}

/**
 * A line for PowerShell that makes a stack. Windows PowerShell takes double quotes out of what it hands to a program, and
 * newer ones do not: the parameters go through a file, so that no word has any.
 */
export function powerShellLine(stack: CreateStack): string {
  const list = parameterList(stack.parameters);
  const line = words(stack).map(powerShellWord).join(' ');
  if (list === '[]') return line;
  const write = `$file = New-TemporaryFile; [IO.File]::WriteAllText($file, ${powerShellQuoted(list)})`;
  return `${write}; ${line} --parameters "file://$file"; Remove-Item $file`;
}

function words({ region, stackName, templateUrl, makesIam }: CreateStack): readonly string[] {
  return [
    ...['aws', 'cloudformation', 'create-stack', '--region', region, '--stack-name', stackName],
    ...['--template-url', templateUrl, ...(makesIam ? ['--capabilities', 'CAPABILITY_IAM'] : [])],
  ];
}

/** What --parameters takes; JSON in ASCII, so that no code page of a terminal changes it. */
function parameterList(parameters: Readonly<Record<string, string>>): string {
  const list = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  return JSON.stringify(list).replace(
    /[\x7f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const HARMLESS = /^[A-Za-z0-9_./:-]+$/;

function posixWord(text: string): string {
  return HARMLESS.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function powerShellWord(text: string): string {
  return HARMLESS.test(text) ? text : powerShellQuoted(text);
}

/** A text in single quotes; PowerShell takes typographic quotes for plain ones, too. */
function powerShellQuoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, (sign) => sign + sign)}'`;
}
