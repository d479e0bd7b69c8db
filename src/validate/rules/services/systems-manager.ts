import { resource } from '../base/examples.ts';
import { all, literal, pair, properties } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';

const PARAMETER = 'AWS::SSM::Parameter';
const WINDOW = 'AWS::SSM::MaintenanceWindow';
const PUT = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html';
const sized = (size: number, tier: string, mark = ''): string =>
  resource(PARAMETER, 'Type: String', `Tier: ${tier}`, `Value: ${'a'.repeat(size)}${mark}`);
const window = (cutoff: string): string =>
  resource(
    WINDOW,
    ...['Name: weekly', 'AllowUnassociatedTargets: true', 'Schedule: rate(7 days)', 'Duration: 3', `Cutoff: ${cutoff}`],
  );

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST: Readonly<Record<string, number>> = { Standard: 4096, Advanced: 8192, 'Intelligent-Tiering': 8192 };

/** Parameters and windows of Systems Manager. */
export const SYSTEMS_MANAGER_RULES: readonly Rule[] = [
  {
    code: 'PL3176',
    name: 'ssm-parameter-tier',
    message: 'A parameter of Systems Manager has more than its tier takes.',
    why: RESOURCE_REFUSED,
    fix: 'Write Tier: Advanced, which costs something, or less.',
    url: PUT,
    bad: [
      sized(4097, 'Standard', ' # <-'),
      sized(8193, 'Advanced', ' # <-'),
      resource(PARAMETER, 'Type: String', 'Tier: Standard', 'Value: a', "Policies: '[]' # <-"),
    ],
    good: [sized(4096, 'Standard'), sized(8192, 'Advanced')],
    check: all(
      pair(PARAMETER, 'Value', 'Tier', (value, tier) => {
        const size = Buffer.byteLength(literal(value) ?? '');
        // Without a tier, a setting of the account decides.
        const most = tier === undefined ? MOST['Advanced']! : (MOST[literal(tier) ?? ''] ?? MOST['Advanced']!);
        if (size > most) return `Value has ${size} bytes, more than ${most}.`;
        return (
          tier === undefined &&
          size > MOST['Standard']! && {
            severity: 'warning',
            message: `Value has ${size} bytes, more than the ${MOST['Standard']} of a parameter without Tier.`,
          }
        );
      }),
      pair(
        PARAMETER,
        'Policies',
        'Tier',
        (_, tier) => literal(tier) === 'Standard' && 'Only a parameter of the tier Advanced has policies.',
      ),
    ),
  },
  {
    code: 'PL3177',
    name: 'window-cutoff',
    message: 'A maintenance window takes on no work at any time.',
    why: RESOURCE_REFUSED,
    fix: 'Write Cutoff below Duration: in so many hours before its end, the window starts nothing.',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html',
    bad: [window('3 # <-')],
    good: [window('2')],
    check: properties(WINDOW, ['Cutoff', 'Duration'], ({ Cutoff, Duration }) => {
      const [cutoff, duration] = [Number(literal(Cutoff)), Number(literal(Duration))];
      return cutoff >= duration ? ['Cutoff', `Cutoff is ${cutoff}, not below Duration, ${duration}.`] : undefined;
    }),
  },
];
