import { expect, test } from 'vitest';
import { describeRule } from '../../src/validate/rules/describe.ts';
import { MEANINGS } from '../../src/validate/rules/index.ts';

test('docs/rules.md describes every rule (renew it with -u)', async () => {
  const page = `# Rules of validate

What \`podlaunch validate\` looks for. The examples are tests. \`podlaunch rules\` lists the rules, \`podlaunch explain CODE\` shows one of these sections.
To ignore a code in a template, name it under \`Metadata\` of the template or of a resource: \`cfn-lint: { config: { ignore_checks: [W2001] } }\`.

${MEANINGS.map(describeRule).join('\n')}`;
  await expect(page).toMatchFileSnapshot('../../docs/rules.md');
});
