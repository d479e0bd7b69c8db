import type { Meaning, Rule } from './base/rule.ts';
import { severityOfRule } from './index.ts';

/** An example that is longer is cut where it is shown. */
const MAX_LINES = 24;
const MAX_LINE = 120;

/** The page on which cfn-lint lists the rules whose ids it shares with podlaunch. */
const CFN_LINT_RULES = 'https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md';

/** A rule as a section of a Markdown page: docs/rules.md, `podlaunch explain`, SARIF's help. */
export function describeRule(rule: Meaning): string {
  const { code, name, message, why, fix, url } = rule;
  const source = code.startsWith('PL') ? '' : ` The id is [cfn-lint's](${CFN_LINT_RULES}).`;
  const lines = [
    `## ${code} ${name}`,
    `${severityOfRule(rule)}: ${message}`,
    `**Why.** ${why}`,
    `**Fix.** ${fix}`,
    `From [${new URL(url).hostname}](${url}).${source}`,
  ];
  if ('bad' in rule) lines.push(...examples(rule as Rule));
  return `${lines.join('\n\n')}\n`;
}

function examples({ bad, good }: Rule): readonly string[] {
  return ['Found, at the lines with the arrow:', ...bad.map(block), 'Not found:', ...good.map(block)];
}

function block(text: string): string {
  const lines = text.trimEnd().split('\n').map(cut);
  const shown = lines.length > MAX_LINES ? [...lines.slice(0, 3), '  # …', ...lines.slice(-2)] : lines;
  return `\`\`\`yaml\n${shown.join('\n')}\n\`\`\``;
}

function cut(line: string): string {
  return line.length > MAX_LINE ? `${line.slice(0, 60)}…${line.slice(-20)}` : line;
}
