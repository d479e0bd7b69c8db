import { describe, expect, it } from 'vitest';
import { diffSides, type Side } from '../../src/diff/release-diff.ts';
import { diffAsMarkdown } from '../../src/diff/render-markdown.ts';
import { diffAsText } from '../../src/diff/render-text.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';

const side = (name: string, templates: Record<string, string>, files?: Record<string, string>): Side => ({
  name,
  templates: Object.entries(templates).map(([file, text]) => readTemplate(text, file)),
  ...(files && { files: new Map(Object.entries(files)) }),
});

const network = (cidr: string, topic: string) =>
  `Parameters:
  Name: {Type: String${topic && ', Default: x'}}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    UpdateReplacePolicy: Retain
    Properties: {CidrBlock: ${cidr}}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}
${topic}`;

const OLD = network('10.0.0.0/16', '');
const NEW = network('10.1.0.0/16', '  Topic: {Type: AWS::SNS::Topic}\n');

describe('a diff for people', () => {
  const diff = diffSides(
    side('1.0.0', { 'network.yaml': OLD, 'gone.yaml': OLD }, { 'a.sh': '1', 'b.sh': '1', 'c.sh': '1' }),
    side('1.1.0', { 'network.yaml': NEW, 'new.yaml': OLD }, { 'a.sh': '2', 'c.sh': '1', 'd.sh': '1' }),
  );

  it('is text with the worst first', () => {
    expect(diffAsText(diff, false)).toBe(`network.yaml: 2 replaced, 1 added
  Resources
    ± Vpc (AWS::EC2::VPC) is replaced; the old one is kept
        CidrBlock: "10.0.0.0/16" → "10.1.0.0/16"; replaces it
    ± Subnet (AWS::EC2::Subnet) is replaced; the old one is deleted
        VpcId: replaces it, because Vpc is replaced
    + Topic (AWS::SNS::Topic) is added
  Parameters
    ~ Name differs
        Default: nothing → "x"
        A stack that is updated keeps the value that it has.

new.yaml: a new template

gone.yaml: a template that is gone

Other files
    ~ a.sh
    - b.sh
    + d.sh
`);
  });

  it('has colours for a terminal', () => {
    expect(diffAsText(diff, true)).toContain(
      '\x1b[31m    ± Vpc (AWS::EC2::VPC) is replaced; the old one is kept\x1b[0m',
    );
  });

  it('is Markdown for a changelog', () => {
    expect(diffAsMarkdown(diff)).toBe(`## From \`1.0.0\` to \`1.1.0\`

### \`network.yaml\`

2 replaced, 1 added.

**Resources**

- \`Vpc\` (\`AWS::EC2::VPC\`) **is replaced; the old one is kept**.
  - \`CidrBlock\`: \`"10.0.0.0/16"\` → \`"10.1.0.0/16"\`; replaces it
- \`Subnet\` (\`AWS::EC2::Subnet\`) **is replaced; the old one is deleted**.
  - \`VpcId\`: replaces it, because Vpc is replaced
- \`Topic\` (\`AWS::SNS::Topic\`) is added.

**Parameters**

- \`Name\` differs. A stack that is updated keeps the value that it has.
  - \`Default\`: \`nothing\` → \`"x"\`

### \`new.yaml\`

The template is new.

### \`gone.yaml\`

The template is gone.

### Other files

- \`a.sh\` differs
- \`b.sh\` is gone
- \`d.sh\` is new
`);
  });

  it('says that nothing differs', () => {
    const same = diffSides(side('a', { 'n.yaml': OLD }), side('b', { 'n.yaml': OLD }));
    expect(diffAsText(same, false)).toBe('Nothing differs.\n');
    expect(diffAsMarkdown(same)).toContain('Nothing differs.');
  });

  it('shows long texts where they differ, and sends nothing to the terminal that steers it', () => {
    const text = (end: string) =>
      `Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: "${'x'.repeat(200)}${end}"}}}`;
    const shown = diffAsText(
      diffSides(side('a', { 'p.yaml': text('old') }), side('b', { 'p.yaml': text('\\e[31mnew') })),
      false,
    );
    expect(shown).toContain('Value: …xxxxxxxxxxxxold" → …xxxxxxxxxxxx\\u001b[31mnew"');
    expect(shown).not.toContain('\x1b');
  });

  it('compares a template of its own with the one that has most of its resources', () => {
    const stack = side('stack:net', { 'stack:net': OLD });
    const release = side('1.1.0', { 'a.yaml': 'Resources: {T: {Type: AWS::SNS::Topic}}', 'network.yaml': NEW });
    expect(diffSides(stack, release).templates.map(({ file, action }) => [file, action])).toEqual([
      ['network.yaml', 'change'],
    ]);
  });
});
