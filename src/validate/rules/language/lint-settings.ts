import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList } from '../../../document/intrinsics.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { unknownKeys, wrongKind } from '../../model/shape.ts';
import { beside } from '../base/examples.ts';
import type { Hit, Rule } from '../base/rule.ts';

const LINT = ['cfn-lint', 'config'] as const;

/** What cfn-lint takes in a template, and in a resource; podlaunch follows ignore_checks alone. */
const KEYS = (
  'append_rules configure_rules ignore_bad_template ignore_checks include_checks include_experimental ' +
  'mandatory_checks merge_configs override_spec regions'
).split(' ');

const settings = (line: string): string => beside('Metadata:', '  cfn-lint:', '    config:', `      ${line}`);

/** The places in which cfn-lint's settings are looked for. */
function places({ resources }: Model): readonly Path[] {
  return [[], ...Object.keys(resources).map((id) => ['Resources', id])].map((path) => [...path, 'Metadata', ...LINT]);
}

/** Settings of cfn-lint in the template's metadata. */
export const LINT_SETTING_RULES: readonly Rule[] = [
  {
    code: 'W4005',
    name: 'lint-settings',
    message: 'The metadata have a setting of cfn-lint that it does not have.',
    why: 'What the setting is meant to leave out is reported all the same.',
    fix: 'Correct the key; ignore_checks is a list of codes.',
    url: 'https://github.com/aws-cloudformation/cfn-lint#metadata',
    bad: [settings('ignore_check: [W3010] # <-'), settings('ignore_checks: W3010 # <-')],
    good: [settings('ignore_checks: [W3010]')],
    *check(model): Generator<Hit> {
      for (const path of places(model)) {
        const holder = path[0] === 'Resources' ? model.resources[String(path[1])] : model.root;
        const config = objectAt(objectAt(objectAt(holder, 'Metadata'), LINT[0]), LINT[1]);
        yield* unknownKeys(config, path, KEYS);
        const { ignore_checks: codes } = config;
        if (codes !== undefined && !isList(codes)) yield wrongKind(codes, [...path, 'ignore_checks'], 'list');
      }
    },
  },
];
