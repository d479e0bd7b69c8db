// Inputs that a validator may hang on, run out of memory for, or answer with a flood: each is a kind of its own.

/** @param {number} count @param {(index: number) => string} line */
const many = (count, line, between = '\n') => Array.from({ length: count }, (_, index) => line(index)).join(between);

const GATEWAY = 'Resources:\n  T: {Type: AWS::EC2::InternetGateway}\n';
const VPC = '  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/16\n';

/** @param {string} allowed @param {string} given */
const pattern = (allowed, given) =>
  `Parameters:\n  P: {Type: String, AllowedPattern: '${allowed}', Default: '${given}'}\nOutputs: {P: {Value: !Ref P}}\n${GATEWAY}`;

/** @param {number} count @param {(index: number) => string} value */
const tags = (count, value) =>
  `${VPC}      Tags:\n${many(count, (i) => `        - {Key: a${i}, Value: ${value(i)}}`)}\n`;

/** @param {number} count @param {(index: number) => string} equals */
const conditions = (count, equals) => `Conditions:\n${many(count, (i) => `  C${i}: ${equals(i)}`)}\n`;

/** @param {string} inner @param {number} depth @param {(inner: string, depth: number) => string} around */
const nested = (inner, depth, around) => {
  let text = inner;
  for (let at = 0; at < depth; at++) text = around(text, at);
  return text;
};

/** The inputs by name. @type {Readonly<Record<string, () => string>>} */
export const CHOSEN = {
  'allowed values that JavaScript would call': () =>
    `Parameters:\n  P: {Type: String, Default: a, AllowedValues: [{toString: 1}, {valueOf: 1}]}\n${GATEWAY}`,
  'a pattern with nested repetition': () => pattern('^([a-zA-Z0-9]+-?)+$', 'abcdefghijklmnopqrstuvwxyz0123456789_'),
  'a pattern of alternatives that overlap': () => pattern('^(a|aa)+$', `${'a'.repeat(80)}!`),
  'a pattern that looks ahead': () => pattern('(?=(a+)+b)a*', 'a'.repeat(40)),
  'a pattern with many repetitions': () => pattern('a*a*a*a*a*a*a*a*b', 'a'.repeat(3000)),
  'a pattern with back references': () => pattern('(a*)*\\1*b', 'a'.repeat(40)),
  'a hundred such patterns': () =>
    `Parameters:\n${many(100, (i) => `  P${i}: {Type: String, AllowedPattern: '^(a+)+${i}$', Default: '${'a'.repeat(40)}!'}`)}\n${GATEWAY}`,
  "the registry's own patterns, each with a text that it tries in every way": () =>
    `Resources:\n${many(100, (i) => `  S${i}: {Type: AWS::DataSync::LocationSMB, Properties: {Domain: '${'a'.repeat(40 + i)}!'}}\n  I${i}: {Type: AWS::RDS::Integration, Properties: {IntegrationName: '${'a'.repeat(40 + i)}_'}}`)}\n`,
  'Fn::Sub that opens and never closes': () => `Resources:\n${tags(1, () => `!Sub '${'${'.repeat(10_000)}'`)}`,
  'Fn::Sub nested in its own variables': () =>
    `Resources:\n${tags(1, () => nested('x', 60, (inner) => `{'Fn::Sub': ['\${A}', {A: ${inner}}]}`))}`,
  'Fn::Sub with ten thousand variables': () =>
    `Resources:\n${tags(1, () => `!Sub '${many(10_000, (i) => `\${V${i}}`, '')}'`)}`,
  'an Or of nine parameters, and 24,500 references': () =>
    `Parameters:\n${many(9, (i) => `  P${i}: {Type: String}`)}\nConditions:\n  C: !Or [${many(9, (i) => `!Equals [!Ref P${i}, x]`, ', ')}]\nResources:\n  A: {Type: AWS::EC2::VPC, Condition: C}\n${tags(24_500, () => '!Ref A')}`,
  '150 resources that all refer to each other': () =>
    `Resources:\n${many(150, (i) => `  V${i}:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/16\n      Tags:\n${many(150, (j) => `        - {Key: k${j}, Value: !Ref V${j}}`)}`)}\n`,
  'a circle of 4,900 resources': () =>
    `Resources:\n${many(4900, (i) => `  V${i}: {Type: AWS::EC2::InternetGateway, DependsOn: V${(i + 1) % 4900}}`)}\n`,
  '20,000 aliases': () => `a: &a x\nMetadata:\n  x:\n${many(20_000, () => '  - *a')}\n${GATEWAY}`,
  'aliases of aliases (a billion laughs)': () =>
    `a0: &a0 [x, x]\n${many(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)}\n${GATEWAY}`,
  'an alias in itself': () => `a: &a [*a]\n${GATEWAY}`,
  'merge keys, each of the one before': () =>
    `a0: &a0 {x: 1}\n${many(2000, (i) => `a${i + 1}: &a${i + 1} {<<: *a${i}, k${i}: 1}`)}\n${GATEWAY}`,
  '20,000 resources': () => `Resources:\n${many(20_000, (i) => `  V${i}: {Type: AWS::EC2::VPC}`)}\n`,
  '20,000 resources in JSON': () =>
    JSON.stringify({
      Resources: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`V${i}`, { Type: 'AWS::EC2::VPC' }])),
    }),
  '20,000 misspelt types': () => `Resources:\n${many(20_000, (i) => `  V${i}: {Type: AWS::EC2::VPCC${i}}`)}\n`,
  '20,000 misspelt properties': () => `Resources:\n${VPC}${many(20_000, (i) => `      CidrBlok${i}: a`)}\n`,
  '8,000 parameters, and references to misspelt ones': () =>
    `Parameters:\n${many(8000, (i) => `  Name${i}: {Type: String}`)}\nResources:\n${tags(4000, (i) => `!Ref Nam${i}`)}`,
  'one key 20,000 times': () => `Resources:\n${many(20_000, () => '  V: 1')}\n`,
  'a thousand conditions, each of the one before': () =>
    `Parameters: {P: {Type: String}}\n${conditions(1000, (i) => (i === 0 ? '!Equals [!Ref P, x]' : `!Not [!Condition C${i - 1}]`))}Resources:\n  A: {Type: AWS::EC2::VPC, Condition: C999}\n${tags(100, () => '!If [C998, !Ref A, x]')}`,
  'conditions that are each two of the one before': () =>
    `Parameters: {P: {Type: String}}\n${conditions(60, (i) => (i === 0 ? '!Equals [!Ref P, x]' : `!And [!Condition C${i - 1}, !Or [!Condition C${i - 1}, !Condition C0]]`))}Resources:\n  A: {Type: AWS::EC2::VPC, Condition: C59}\n${tags(100, (i) => `!If [C${i % 60}, !Ref A, x]`)}`,
  'conditions of forty independent parameters': () =>
    `Parameters:\n${many(40, (i) => `  P${i}: {Type: String}`)}\n${conditions(40, (i) => `!Equals [!Ref P${i}, x]`)}Resources:\n${many(40, (i) => `  A${i}: {Type: AWS::EC2::VPC, Condition: C${i}}`)}\n${tags(400, (i) => `!If [C${i % 40}, !If [C${(i * 7) % 40}, !Ref A${(i * 3) % 40}, x], y]`)}`,
  'Fn::If in Fn::If, sixty deep': () =>
    `Parameters:\n${many(60, (i) => `  P${i}: {Type: String}`)}\n${conditions(60, (i) => `!Equals [!Ref P${i}, x]`)}Resources:\n${tags(1, () => nested('x', 60, (inner, i) => `{'Fn::If': [C${i}, ${inner}, y]}`))}`,
  'rules about forty parameters': () =>
    `Parameters:\n${many(40, (i) => `  P${i}: {Type: String, AllowedValues: [a, b, c]}`)}\nRules:\n${many(40, (i) => `  R${i}: {RuleCondition: !Equals [!Ref P${i}, a], Assertions: [{Assert: !Or [${many(9, (j) => `!Equals [!Ref P${(i + j) % 40}, b]`, ', ')}]}]}`)}\n${conditions(40, (i) => `!Equals [!Ref P${i}, c]`)}Resources:\n${many(40, (i) => `  A${i}: {Type: AWS::EC2::VPC, Condition: C${i}}`)}\n${tags(400, (i) => `!Ref A${i % 40}`)}`,
  'lookups in a large mapping': () =>
    `Mappings:\n  M:\n${many(4000, (i) => `    K${i}: {a: 1}`)}\nResources:\n${tags(8000, () => "!FindInMap [M, !Ref 'AWS::Region', b]")}`,
  'brackets, 100,000 deep': () => '['.repeat(100_000),
  'braces, 100,000 deep': () => '{a: '.repeat(100_000),
  'JSON, 100,000 deep': () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'lists of blocks, 50,000 deep': () => '- '.repeat(50_000),
  'indentation, 1,000 deep': () => many(1000, (i) => `${' '.repeat(i)}a:`),
  'one line of a megabyte': () =>
    `Resources: {A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: ${'a'.repeat(1_000_000)}}}}\n`,
  'one key of a megabyte': () => `Resources:\n  ${'A'.repeat(1_000_000)}: {Type: AWS::EC2::VPC}\n`,
  'one number of a megabyte': () =>
    `Resources: {A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: ${'1'.repeat(1_000_000)}}}}\n`,
  'half a million empty lines': () => `${'\n'.repeat(500_000)}${GATEWAY}`,
  'half a megabyte of quotes': () => `a: ${"'".repeat(500_001)}\n`,
  'half a megabyte of question marks': () => '? '.repeat(250_000),
  'half a megabyte of anchors': () => many(80_000, (i) => `&a${i} `, ''),
  'half a megabyte of tags': () => '!Ref '.repeat(100_000),
  'half a megabyte of percent signs': () => '%'.repeat(500_000),
  'half a megabyte of tabs': () => `a:\n${'\t'.repeat(500_000)}b: c\n`,
  'halves of characters': () => `Resources: {"A\ud800": {Type: "\udc00"}}\n`,
  'names of JavaScript': () =>
    `Parameters: {__proto__: {Type: String}, constructor: {Type: String}}\nMappings: {__proto__: {constructor: {toString: 1}}}\nConditions: {hasOwnProperty: !Equals [a, b]}\nResources:\n  __proto__: {Type: constructor, Properties: {__proto__: {}}}\n  toString: {Type: AWS::EC2::VPC, Condition: hasOwnProperty, Properties: {CidrBlock: !FindInMap [__proto__, constructor, toString], constructor: 1}}\n`,
  'a macro in every value': () => `Resources:\n${tags(3000, () => "{'Fn::Transform': {Name: M, Parameters: {a: 1}}}")}`,
  'Fn::ForEach in Fn::ForEach': () =>
    `Transform: AWS::LanguageExtensions\nResources:\n${nested("{'R${V0}': {Type: AWS::EC2::VPC}}", 40, (inner, i) => `{'Fn::ForEach::L${i}': [V${i}, [a, b, c], ${inner}]}`)}\n`,
  'policies with ten thousand statements': () =>
    `Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n${many(6000, (i) => `          - {Effect: Allow, Action: 's3:Get${i}*', Resource: !Sub 'arn:aws:s3:::b${i}/*'}`)}\n`,
  'twenty thousand dynamic references': () =>
    `Resources:\n${tags(10_000, (i) => `'{{resolve:ssm:/a/${i}}}{{resolve:'`)}`,
};
