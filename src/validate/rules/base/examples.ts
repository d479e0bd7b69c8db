/** A template with one resource: the lines are its properties. */
export function resource(type: string, ...lines: readonly string[]): string {
  const properties = lines.length === 0 ? '' : `    Properties:\n${lines.map((line) => `      ${line}\n`).join('')}`;
  return `Resources:\n  Example:\n    Type: ${type}\n${properties}`;
}

/** A template with a resource and, before it, the lines of other sections. */
export function beside(...lines: readonly string[]): string {
  return `${lines.join('\n')}\nResources:\n  Gateway:\n    Type: AWS::EC2::InternetGateway\n`;
}

/** A template with a parameter of Systems Manager that has the value; before it, the lines of other sections. */
export function value(text: string, ...sections: readonly string[]): string {
  const before = sections.map((line) => `${line}\n`).join('');
  return `${before}${resource('AWS::SSM::Parameter', 'Type: String', `Value: ${text}`)}`;
}

/** As many lines as a limit asks for. */
export function many(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** A template with several resources: of each its type and the lines of its properties. */
export function several(
  resources: Readonly<Record<string, readonly [type: string, ...lines: readonly string[]]>>,
): string {
  const one = ([name, [type, ...lines]]: readonly [string, readonly [string, ...string[]]]): string =>
    resource(type, ...lines)
      .replace('Resources:\n', '')
      .replace('Example:', `${name}:`);
  return `Resources:\n${Object.entries(resources)
    .map((entry) => one(entry as Parameters<typeof one>[0]))
    .join('')}`;
}

/** The lines of a template with a VPC. */
export const VPC: string = [
  'Resources:',
  '  Vpc:',
  '    Type: AWS::EC2::VPC',
  '    Properties: { CidrBlock: 10.0.0.0/16 }',
].join('\n');

/** A template with a VPC and an output. */
export function output(value: string): string {
  return `${VPC}\nOutputs:\n  Out:\n    Value: ${value}\n`;
}

/** The lines of a parameter, and of a condition that asks for it. */
export const CONDITION: readonly string[] = [
  'Parameters:',
  '  Stage: { Type: String }',
  'Conditions:',
  '  IsProduction: !Equals [!Ref Stage, production]',
];

/** The templates that those of examples may name: one takes Name, and Size if it is given. */
export const BESIDE: Readonly<Record<string, string>> = {
  'nested.yaml': ['Parameters:', '  Name: { Type: String }', "  Size: { Type: String, Default: '' }", VPC].join('\n'),
};
