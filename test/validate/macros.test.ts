import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';

/** What is found in a template: code and line, infos in brackets. */
function found(text: string): readonly string[] {
  return validate(readTemplate(text, 't.yaml')).map(({ code, severity, span }) =>
    severity === 'info' ? `(${code} ${span?.line})` : `${code} ${span?.line}`,
  );
}

const resources = (head: string, ...lines: readonly string[]): string =>
  `${head}\nResources:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const box = (value: string): string => `Type: AWS::SSM::Parameter, Properties: { Type: String, Value: ${value} }`;

describe('AWS SAM is known', () => {
  const SAM = 'Transform: AWS::Serverless-2016-10-31';
  const FUNCTION =
    'Run: { Type: AWS::Serverless::Function, Properties: { InlineCode: a, Handler: index.run, Runtime: python3.13 } }';

  test('what it leaves alone is checked as ever', () => {
    expect(found(resources(SAM, FUNCTION, `Box: { ${box('a')}, DependsOn: Runn }`))).toEqual(['E3005 4']);
    expect(found(resources(SAM, FUNCTION, `Box: { ${box('!Ref Gone')} }`))).toEqual(['E1020 4']);
    expect(found(resources(SAM, 'Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlok: a } }'))).toEqual([
      'E3014 3',
      'E3002 3',
    ]);
    expect(found(resources(SAM, FUNCTION, `A: { ${box('!Ref B')} }`, `B: { ${box('!Ref A')} }`))).toEqual(['E3004 4']);
  });

  test('its own types have properties and attributes', () => {
    expect(found(resources(SAM, FUNCTION.replace('Handler', 'Handlr')))).toEqual(['E3002 3']);
    expect(found(resources(SAM, FUNCTION, `Box: { ${box('!GetAtt Run.Arm')} }`))).toEqual(['E1010 4']);
    expect(
      found(resources(SAM, FUNCTION, `Box: { ${box('!GetAtt Run.Arn')} }`, `Two: { ${box('!Ref Run.Version')} }`)),
    ).toEqual([]);
    expect(found(resources('', FUNCTION))).toEqual(['E3038 3']);
  });

  test('what it makes has a name of its own', () => {
    const role = `Box: { ${box('!GetAtt RunRole.Arn')}, DependsOn: RunRole }`;
    expect(found(resources(SAM, FUNCTION, role, `Api: { ${box('!Ref ServerlessRestApi')} }`))).toEqual([]);
  });

  test('Globals give what a resource does not say', () => {
    const layer = 'Door: { Type: AWS::Serverless::Api, Properties: { Name: a } }';
    expect(found(resources(SAM, layer))).toEqual(['E3003 3']);
    const head = `Globals: { Api: { StageName: live } }\n${SAM}`;
    expect(found(resources(head, layer))).toEqual([]);
    expect(found(resources(head, layer.replace('Type', "IgnoreGlobals: '*', Type")))).toEqual(['E3003 4']);
  });

  test('a retired runtime is found in its functions and in Globals', () => {
    const old = FUNCTION.replace('python3.13', 'python3.6');
    expect(found(resources(SAM, old))).toEqual(['E2531 3']);
    expect(found(resources(`Globals: { Function: { Runtime: python3.6 } }\n${SAM}`, FUNCTION))).toEqual(['E2531 1']);
  });

  test('a resource of it that refers to what refers to it is no circle: it makes several', () => {
    const waits = FUNCTION.replace('Handler', 'Environment: { Variables: { A: !Ref Box } }, Handler');
    expect(found(resources(SAM, waits, `Box: { ${box('!Ref Run')} }`))).toEqual([]);
  });
});

describe('loops of AWS::LanguageExtensions are unrolled', () => {
  const EXTENDED = 'Transform: AWS::LanguageExtensions';
  const loop = (over: string, body: string, head = EXTENDED): string =>
    resources(head, 'Fn::ForEach::Boxes:', '  - Name', `  - ${over}`, `  - Box\${Name}: { ${body} }`);

  test('what they make can be referred to, and what they do not make cannot', () => {
    const outputs = (name: string): string => `Outputs:\n  Out: { Value: !Ref ${name} }\n`;
    expect(found(loop('[A, B]', box('!Ref Name')) + outputs('BoxB'))).toEqual([]);
    expect(found(loop('[A, B]', box('!Ref Name')) + outputs('BoxC'))).toEqual(['E1020 8']);
  });

  test('what is wrong in each turn is said once, at its place in the loop', () => {
    expect(found(loop('[A, B]', box("'${Name}'").replace('Value', 'Vale')))).toEqual(['E3003 6', 'E3002 6']);
    expect(found(loop('[A, B]', box('!Ref Nam')))).toEqual(['E1020 6']);
    expect(found(loop('[a-b]', box('a')))).toEqual(['E3001 6']);
    expect(found(loop('[a-b]', box('a')).replace('${Name}', '&{Name}'))).toEqual([]);
  });

  test('one within another, in outputs, conditions and properties', () => {
    const text = `${EXTENDED}
Conditions:
  Fn::ForEach::Are:
    - Name
    - [A, B]
    - Is\${Name}: !Equals [!Ref AWS::Region, !Ref Name]
Resources:
  Fn::ForEach::Rows:
    - Row
    - [A, B]
    - Fn::ForEach::Columns:
        - Column
        - ['1', '2']
        - Box\${Row}\${Column}:
            Type: AWS::SSM::Parameter
            Condition: Is\${Row}
            Properties:
              Fn::ForEach::Keys:
                - Key
                - [Type, Value]
                - \${Key}: String
Outputs:
  Fn::ForEach::Outs:
    - Name
    - [A, B]
    - Out\${Name}:
        Condition: Is\${Name}
        Value: !GetAtt 'Box\${Name}1.Value'
`;
    expect(found(text)).toEqual([]);
    expect(found(text.replace("'Box${Name}1", "'Box${Name}3"))).toEqual(['E1010 28']);
    expect(found(text.replace('Condition: Is${Row}', 'Condition: Is${Row}x'))).toEqual(['E3015 16']);
  });

  test('of a list that is given when the stack is made, the default is gone through, and any name may be made', () => {
    const head = (more: string): string => `Parameters: { Names: { Type: CommaDelimitedList${more} } }\n${EXTENDED}`;
    const out = (name: string): string => `Outputs:\n  Out: { Value: !Ref ${name} }\n`;
    expect(found(loop('!Ref Names', box('a'), head('')) + out('BoxC'))).toEqual([]);
    expect(found(loop('!Ref Names', box('a'), head('')) + out('Bax'))).toEqual(['E1020 9']);
    expect(found(loop('!Ref Names', box('!Ref Gone'), head(', Default: "A,B"')) + out('BoxC'))).toEqual(['E1020 7']);
  });

  test('a loop without its three parts is said to be so', () => {
    expect(found(loop('[A]', box('a')).replace(/ +- Name\n/, ''))).toEqual(['E1032 3']);
  });

  test('loops within loops end', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `a${i}`).join(', ');
    const text = resources(
      EXTENDED,
      'Fn::ForEach::Outer:',
      '  - Row',
      `  - [${rows}]`,
      `  - Fn::ForEach::Inner: [Name, [${rows}], { 'X\${Row}\${Name}': { ${box('a')} } }]`,
    );
    expect(found(text)).toContain('E3010 2');
  });
});

describe('other macros', () => {
  const include = (path: string): string => `Fn::Transform: { Name: ${path}, Parameters: { Location: s3://a/b.yaml } }`;

  test('one that nobody knows here may change anything: that is said once', () => {
    expect(
      found(resources('Transform: [Count]', `Box: { ${box('!Ref Gone')}, Count: 3 }`, 'B: { Type: Boto3::S3.put }')),
    ).toEqual(['(PL3011 1)']);
  });

  test('those of AWS that only add something leave the rest as it is', () => {
    for (const name of ['AWS::CodeDeployBlueGreen', 'AWS::SecretsManager-2024-09-16'])
      expect(found(resources(`Transform: ${name}`, `Box: { ${box('!Ref Gone')} }`))).toEqual(['E1020 3']);
  });

  test('AWS::Include adds to what is around it, and the rest is checked', () => {
    expect(
      found(
        resources(
          '',
          'Box:',
          '  Type: AWS::SSM::Parameter',
          '  Properties:',
          '    Type: Strin',
          `    ${include('AWS::Include')}`,
          `Two: { ${box('!Ref Gone')} }`,
        ),
      ),
    ).toEqual(['E3030 6', '(PL3011 7)', 'E1020 8']);
    expect(
      found(
        resources(
          '',
          include('AWS::Include'),
          `Two: { ${box('!Ref Included')}, DependsOn: Included }`,
          `Three: { ${box('a')}, Propertys: {} }`,
        ),
      ),
    ).toEqual(['(PL3011 3)', 'E3001 5']);
  });

  test('what is around another macro is given to it: that is not checked, the rest is', () => {
    expect(
      found(
        resources(
          '',
          'Box:',
          '  Type: AWS::SSM::Parameter',
          '  Properties:',
          '    Type: Strin',
          `    ${include('Mine')}`,
          `Two: { ${box('!Ref Gone')} }`,
        ),
      ),
    ).toEqual(['(PL3011 7)', 'E1020 8']);
    expect(
      found(
        resources('', include('Mine'), `Two: { ${box('!Ref Gone')} }`).concat(
          'Outputs:\n  Out: { Value: !Ref Two, Name: a }\n',
        ),
      ),
    ).toEqual(['(PL3011 3)', 'E6001 6']);
    expect(
      found(
        resources('', 'Box:', '  Typ: AWS::SSM::Parameter', `  ${include('Mine')}`, `Two: { ${box('!Ref Gone')} }`),
      ),
    ).toEqual(['(PL3011 5)', 'E1020 6']);
  });
});
