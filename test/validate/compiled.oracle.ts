import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Engine, RegoEngine, type StandardDiagnostic, TemplateFile } from '@aws/cloudformation-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cfnLint } from '../../src/validate/engines/cfn-lint.ts';
import { VARIANTS } from '../support/compiled-variants.ts';
import { isError } from '../support/judges.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

describe.skipIf(!hasPython())('the living cfn-lint', () => {
  test.each(VARIANTS)('finds nothing, not even a warning: %s', async (_, templates) => {
    const env = { PATH: dirname(await pythonTool('cfn-lint', 'cfn-lint')) };
    expect(await cfnLint(templates, { env })).toEqual([]);
  });
});

/** What AWS's own tool reports of templates that are right, and why it is wrong. */
const FALSE_ERRORS: Readonly<Record<string, string>> = {
  'E9006 SlurmDatabase Properties.EngineVersion': 'RDS takes 8.4 and chooses the minor version itself',
  'F3018 Cluster Properties.InstanceGroups.*.InstanceStorageConfigs.*':
    'it puts the defaults in (no file system, no disk), with which the conditions take the very item out',
  'F3031 Cluster Properties.InstanceGroups.*.TrainingPlanArn':
    'it puts the default in (no training plan), with which the condition takes the property out',
  'F3033 Cluster Properties.InstanceGroups.*.TrainingPlanArn': 'the same',
  'F3020 *Subnet Properties.AvailabilityZone': 'one of the two is always AWS::NoValue: both are under one condition',
  'F3020 *Subnet Properties.AvailabilityZoneId': 'the same',
};

/**
 * The same in the launchpad: it puts in the defaults of ids of a network that exists, which are empty, with which the
 * conditions take another branch.
 */
const EMPTY_IDS = /^(?:E115[014]|F3037) |^F3031 \w+ Properties\.VpcConfig\./;

// Its first look at 20 instance groups with conditions of their own does not come to an end within ten minutes.
const SMALL = VARIANTS.filter(([name]) => !name.includes('eighteen'));

describe("AWS's own cloudformation-validate", () => {
  let folder: string;
  let engine: Engine;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-validate-'));
    engine = new RegoEngine();
  });
  afterAll(() => {
    engine?.free();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(SMALL)('finds no error that is not false: %s', (_, templates) => {
    const errors = templates.flatMap(({ file, text }) => {
      const path = join(folder, file);
      writeFileSync(path, text);
      return engine.validateStandard(new TemplateFile(path)).diagnostics.filter(isError).map(nameOf);
    });
    expect([...new Set(errors)].filter((error) => !EMPTY_IDS.test(error)).sort()).toEqual(
      Object.keys(FALSE_ERRORS).sort(),
    );
  });
});

function nameOf({ ruleId, entity, propertyPath }: StandardDiagnostic): string {
  const resource = entity?.logicalId?.replace(/^.*Subnet$/, '*Subnet');
  return `${ruleId} ${resource} ${propertyPath?.replaceAll(/\.\d+/g, '.*')}`;
}
