/** What a template's parameters and attributes are: by name, and by `Name.Attribute`. */
export type KnownValues = Readonly<Record<string, string>>;

interface Document {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

/**
 * A part of a template with its intrinsic functions worked out, as CloudFormation would: Ref, Fn::GetAtt, Fn::Sub,
 * Fn::Join, Fn::Select, Fn::Split, Fn::If and the functions of conditions. What is not given is a parameter's default,
 * and else its own name. Throws for any other function.
 */
export function resolved(template: unknown, part: unknown, given: KnownValues = {}): unknown {
  const { Parameters = {}, Conditions = {} } = template as Document;
  const nothing = Symbol('AWS::NoValue');

  const refer = (name: string): unknown =>
    name === 'AWS::NoValue' ? nothing : (given[name] ?? Parameters[name]?.Default ?? name);
  const holds = (condition: unknown): boolean => {
    if (typeof condition === 'string') return holds(Conditions[condition]);
    const [name, value] = Object.entries(condition as object)[0]!;
    if (name === 'Condition') return holds(value);
    const operands = value as readonly unknown[];
    if (name === 'Fn::Equals') return String(of(operands[0])) === String(of(operands[1]));
    if (name === 'Fn::Not') return !holds(operands[0]);
    if (name === 'Fn::And') return operands.every(holds);
    if (name === 'Fn::Or') return operands.some(holds);
    throw new Error(`${name} is not known as a condition`);
  };
  const substituted = (text: string, variables: Readonly<Record<string, unknown>>): string =>
    text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal, name) =>
      literal ? `\${${name}}` : String(name in variables ? of(variables[name]) : refer(name)),
    );
  const call = (name: string, argument: unknown): unknown => {
    const list = argument as readonly unknown[];
    if (name === 'Ref') return refer(argument as string);
    if (name === 'Fn::GetAtt') return refer([argument].flat().join('.'));
    if (name === 'Fn::Sub')
      return Array.isArray(argument)
        ? substituted(argument[0], argument[1] as Readonly<Record<string, unknown>>)
        : substituted(argument as string, {});
    if (name === 'Fn::Join') return (of(list[1]) as string[]).join(list[0] as string);
    if (name === 'Fn::Split') return String(of(list[1])).split(list[0] as string);
    if (name === 'Fn::Select') return (of(list[1]) as unknown[])[Number(list[0])];
    if (name === 'Fn::If') return of(holds(list[0]) ? list[1] : list[2]);
    throw new Error(`${name} is not known here`);
  };
  function of(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(of).filter((item) => item !== nothing);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument);
    return Object.fromEntries(entries.map(([key, item]) => [key, of(item)]).filter(([, item]) => item !== nothing));
  }
  return of(part);
}
