import { expect, test } from 'vitest';
import { error, info, warning } from '../../src/diagnostics/diagnostic.ts';
import { renderGithub } from '../../src/diagnostics/render-github.ts';
import { renderJson } from '../../src/diagnostics/render-json.ts';
import { renderSarif, type SarifRule } from '../../src/diagnostics/render-sarif.ts';

const span = { file: 'my templates/a,b:c.yaml', line: 3, column: 8, length: 13 };
const findings = [
  error({
    ...{ code: 'E3006', message: '50% of\nit: a, b', span, path: ['Resources', 'A'], hint: 'Fix it.' },
    related: [{ message: 'See here', span }],
  }),
  warning({ code: 'W2001', message: 'Unused.' }),
  info({ code: 'PL3021', message: 'Unknown.' }),
];

test('JSON: the findings as they are, and counts', () => {
  expect(JSON.parse(renderJson(findings))).toEqual({
    diagnostics: findings,
    summary: { errors: 1, warnings: 1, infos: 1 },
  });
  expect(JSON.parse(renderJson([]))).toEqual({ diagnostics: [], summary: { errors: 0, warnings: 0, infos: 0 } });
});

test('GitHub: one command a finding, data and properties escaped each in its own way', () => {
  expect(renderGithub(findings).split('\n')).toEqual([
    '::error file=my templates/a%2Cb%3Ac.yaml,line=3,endLine=3,col=8,endColumn=21,title=E3006::50%25 of%0Ait: a, b%0AFix it.',
    '::warning title=W2001::Unused.',
    '::notice title=PL3021::Unknown.',
    '',
  ]);
});

test('SARIF: what is known of a code is beside its id', () => {
  const rule: SarifRule = {
    name: 'resource-type',
    severity: 'warning',
    message: 'No such type.',
    why: 'It is refused.',
    fix: 'Correct it.',
    url: 'https://example.com/types',
  };
  const log = JSON.parse(renderSarif(findings, { name: 'podlaunch', version: '1.2.3' }, new Map([['E3006', rule]])));
  expect(log.runs[0].tool.driver.rules).toMatchObject([
    {
      ...{ id: 'E3006', name: 'resource-type', helpUri: rule.url, defaultConfiguration: { level: 'warning' } },
      shortDescription: { text: 'No such type.' },
      fullDescription: { text: 'No such type. It is refused.' },
      help: { text: 'It is refused. Correct it.' },
    },
    { id: 'PL3021' },
    { id: 'W2001' },
  ]);
});

test('SARIF 2.1.0: rules, levels, regions in UTF-16 units and escaped URIs', () => {
  const log = JSON.parse(renderSarif(findings, { name: 'podlaunch', version: '1.2.3' }));
  expect(log.version).toBe('2.1.0');
  const [run] = log.runs;
  expect(run.columnKind).toBe('utf16CodeUnits');
  expect(run.tool.driver).toEqual({
    name: 'podlaunch',
    version: '1.2.3',
    rules: [{ id: 'E3006' }, { id: 'PL3021' }, { id: 'W2001' }].map((one) => expect.objectContaining(one)),
  });
  expect(run.results.map(({ ruleId, ruleIndex, level }: any) => [ruleId, ruleIndex, level])).toEqual([
    ['E3006', 0, 'error'],
  ]);
  expect(run.invocations).toMatchObject([
    {
      executionSuccessful: true,
      toolExecutionNotifications: [
        { associatedRule: { id: 'W2001', index: 2 }, level: 'warning', message: { text: 'Unused.' } },
        { associatedRule: { id: 'PL3021', index: 1 }, level: 'note', message: { text: 'Unknown.' } },
      ],
    },
  ]);
  expect(run.results[0].locations[0]).toEqual({
    physicalLocation: {
      artifactLocation: { uri: 'my%20templates/a%2Cb%3Ac.yaml' },
      region: { startLine: 3, startColumn: 8, endLine: 3, endColumn: 21 },
    },
    logicalLocations: [{ fullyQualifiedName: 'Resources/A' }],
  });
  expect(run.results[0].relatedLocations[0].physicalLocation.region.startLine).toBe(3);
});
