import { describe, expect, it } from 'vitest';
import { diffTemplates } from '../../src/diff/diff-templates.ts';
import type { ResourceChange, TemplateDiff } from '../../src/diff/template-diff.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';

function diffOf(before: string, after: string): TemplateDiff {
  return diffTemplates(readTemplate(before, 'before.yaml'), readTemplate(after, 'after.yaml'));
}

function resources(before: string, after: string): ReadonlyMap<string, ResourceChange> {
  return new Map(diffOf(`Resources:\n${before}`, `Resources:\n${after}`).resources.map((one) => [one.name, one]));
}

const VPC = (cidr: string) => `  Vpc:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: ${cidr}}\n`;

describe('what an update does to a resource', () => {
  it('is nothing where only the way of writing differs', () => {
    const old = '  Q:\n    Type: AWS::SQS::Queue\n    Properties: {DelaySeconds: 5, FifoQueue: true}\n';
    const now = '  Q:\n    Properties:\n      FifoQueue: "true"\n      DelaySeconds: "5"\n    Type: AWS::SQS::Queue\n';
    expect(resources(old, now).size).toBe(0);
  });

  it('is an update where a property can change, and a replacement where only a new resource gets it', () => {
    const queue = (name: string, delay: number) =>
      `  Q:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: ${name}, DelaySeconds: ${delay}}\n`;
    expect(resources(queue('a', 1), queue('a', 2)).get('Q')).toMatchObject({ action: 'update', chance: 'yes' });
    expect(resources(queue('a', 1), queue('b', 1)).get('Q')).toMatchObject({
      action: 'replace',
      chance: 'yes',
      fate: 'deleted',
      properties: [{ path: ['QueueName'], before: 'a', after: 'b', replaces: 'yes' }],
    });
  });

  it('finds nested properties that only a new resource gets, also where what is around them is new', () => {
    const fs = (lustre: string) =>
      `  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      SubnetIds: [subnet-1]\n${lustre}`;
    const type = '      LustreConfiguration: {DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250}\n';
    const other = type.replace('PERSISTENT_2', 'PERSISTENT_1');
    const faster = type.replace('250', '500');
    expect(resources(fs(type), fs(other)).get('Fs')).toMatchObject({ action: 'replace', chance: 'yes' });
    expect(resources(fs(''), fs(type)).get('Fs')).toMatchObject({ action: 'replace', chance: 'yes' });
    expect(resources(fs(type), fs(faster)).get('Fs')).toMatchObject({ action: 'update' });
  });

  it('may be a replacement where the registry says that it depends', () => {
    const db = (engine: string) => `  Db:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: ${engine}}\n`;
    expect(resources(db('mysql'), db('mariadb')).get('Db')).toMatchObject({ action: 'replace', chance: 'maybe' });
  });

  it('may be a replacement where a parameter or a condition decides', () => {
    const vpc = (cidr: string) =>
      `Parameters: {Cidr: {Type: String}}\nConditions: {Wide: !Equals [!Ref Cidr, x]}\nResources:\n${VPC(cidr)}`;
    const chance = (a: string, b: string) => diffOf(vpc(a), vpc(b)).resources[0];
    expect(chance('10.0.0.0/16', '!Ref Cidr')).toMatchObject({ action: 'replace', chance: 'maybe' });
    expect(chance('!If [Wide, 10.0.0.0/8, 10.0.0.0/16]', '!If [Wide, 10.0.0.0/9, 10.0.0.0/16]')).toMatchObject({
      action: 'replace',
      chance: 'maybe',
    });
    expect(chance("!Sub '${Cidr}/16'", "!Sub '${Cidr}/17'")).toMatchObject({ action: 'replace', chance: 'yes' });
  });

  it('says what becomes of the old one', () => {
    const with_ = (policy: string) => VPC('10.0.0.0/16') + policy;
    const then = (policy: string) => VPC('10.1.0.0/16') + policy;
    const fate = (policy: string) => resources(with_(policy), then(policy)).get('Vpc')?.fate;
    expect(fate('')).toBe('deleted');
    expect(fate('    UpdateReplacePolicy: Retain\n')).toBe('kept');
    expect(fate('    DeletionPolicy: Retain\n')).toBe('deleted');
    const gone = (text: string) => resources(text + VPC('10.0.0.0/16'), VPC('10.0.0.0/16')).get('X')?.fate;
    expect(gone('  X: {Type: AWS::SNS::Topic, DeletionPolicy: Retain}\n')).toBe('kept');
    expect(gone('  X: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}\n')).toBe('snapshot');
    expect(gone('  X: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: c}}\n')).toBe('deleted');
    expect(gone('  X: {Type: AWS::RDS::DBCluster, Properties: {DBClusterIdentifier: c}}\n')).toBe('snapshot');
  });

  it('is refused where the type of a logical id differs', () => {
    const found = resources('  X: {Type: AWS::SNS::Topic}\n', '  X: {Type: AWS::SQS::Queue}\n').get('X');
    expect(found).toMatchObject({ action: 'refuse', type: 'AWS::SQS::Queue' });
    expect(found?.notes[0]).toContain('AWS::SNS::Topic');
  });

  it('is told apart from what is beside the properties', () => {
    const topic = (more: string) => `  T: {Type: AWS::SNS::Topic${more}}\n`;
    expect(resources(topic(''), topic(', Metadata: {A: 1}')).get('T')).toMatchObject({
      action: 'touch',
      attributes: ['Metadata'],
    });
    expect(resources(topic(''), topic(', Condition: C')).get('T')).toMatchObject({ action: 'toggle', chance: 'maybe' });
  });

  it('leaves a custom resource to its handler', () => {
    const custom = (a: number) => `  C: {Type: 'Custom::Copy', Properties: {ServiceToken: x, A: ${a}}}\n`;
    expect(resources(custom(1), custom(2)).get('C')).toMatchObject({ action: 'update' });
  });
});

describe('what follows from a replacement', () => {
  const chain = (cidr: string) =>
    VPC(cidr) +
    '  Subnet:\n    Type: AWS::EC2::Subnet\n    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}\n' +
    '  Note:\n    Type: AWS::SSM::Parameter\n    Properties: {Type: String, Value: !Sub "in ${Subnet}"}\n' +
    '  Far: {Type: AWS::SNS::Topic}\n';

  it('reaches along Ref, Sub and GetAtt, and stops where a property can change', () => {
    const found = resources(chain('10.0.0.0/16'), chain('10.0.0.0/17'));
    expect(found.get('Vpc')).toMatchObject({ action: 'replace', chance: 'yes' });
    expect(found.get('Subnet')).toMatchObject({
      action: 'replace',
      chance: 'yes',
      properties: [{ path: ['VpcId'], because: 'Vpc is replaced' }],
    });
    expect(found.get('Note')).toMatchObject({
      action: 'update',
      chance: 'yes',
      properties: [{ path: ['Value'], because: 'Subnet is replaced' }],
    });
    expect(found.has('Far')).toBe(false);
  });

  it('reaches through the arguments of other functions', () => {
    const text = (cidr: string) =>
      `${VPC(cidr)}  Note:\n    Type: AWS::SSM::Parameter\n    Properties: {Type: String, Value: !Join ['', [a, !GetAtt Vpc.CidrBlock]]}\n`;
    expect(resources(text('10.0.0.0/16'), text('10.0.0.0/17')).get('Note')).toMatchObject({ action: 'update' });
  });

  it('may come of a mapping or a condition that differs', () => {
    const template = (value: string) =>
      `Mappings: {M: {a: {b: ${value}}}}\nConditions: {C: !Equals [!FindInMap [M, a, b], x], D: !Not [!Condition C]}\n` +
      'Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [M, a, b]}}\n' +
      '  T: {Type: AWS::SNS::Topic, Condition: D}\n';
    const found = new Map(diffOf(template('x'), template('y')).resources.map((one) => [one.name, one]));
    expect(found.get('Q')).toMatchObject({ action: 'replace', chance: 'maybe' });
    expect(found.get('T')).toMatchObject({ action: 'toggle', chance: 'maybe' });
  });

  it('is of a long chain near linear', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `N${index}`);
    const long = (first: string) =>
      names
        .map((name, index) => {
          const value = index === 0 ? first : `!Ref N${index - 1}`;
          return `  ${name}: {Type: AWS::SSM::Parameter, Properties: {Type: String, Name: ${value}, Value: x}}\n`;
        })
        .join('');
    const found = resources(long('/a'), long('/b'));
    expect(found.size).toBe(2000);
    expect([...found.values()].every(({ action, chance }) => action === 'replace' && chance === 'yes')).toBe(true);
  });
});

describe('what differs beside resources', () => {
  const template = (sections: string) => `${sections}\nResources: {T: {Type: AWS::SNS::Topic}}\n`;

  it('is said of parameters with what whoever updates has to know', () => {
    const { parameters } = diffOf(
      template('Parameters: {A: {Type: String, Default: x}, Gone: {Type: String}}'),
      template('Parameters: {A: {Type: String, Default: y}, B: {Type: String}, C: {Type: String, Default: z}}'),
    );
    expect(parameters.map(({ name, action, note }) => [name, action, note])).toEqual([
      ['A', 'change', 'A stack that is updated keeps the value that it has.'],
      ['B', 'add', 'It has no default: the update must give it.'],
      ['C', 'add', 'Its default is "z".'],
      ['Gone', 'remove', undefined],
    ]);
  });

  it('warns of an export that goes', () => {
    const { outputs } = diffOf(template('Outputs: {O: {Value: a, Export: {Name: n}}, P: {Value: b}}'), template(''));
    expect(outputs.map(({ name, note }) => [name, note])).toEqual([
      ['O', 'CloudFormation refuses this while another stack imports it.'],
      ['P', undefined],
    ]);
  });

  it('is said of other sections by name', () => {
    expect(diffOf(template('Description: a'), template('Description: b')).sections).toEqual(['Description']);
  });
});
