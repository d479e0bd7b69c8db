// Hands on what was published, as outputs of the step and in the summary of the run: node outputs.mjs RELEASED.json
import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';

const { version, manifestSha256, channel, links } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

/** A value of any text: no line of it can end it. @param {string} name @param {string} value */
function output(name, value) {
  const end = randomUUID();
  appendFileSync(process.env['GITHUB_OUTPUT'] ?? '', `${name}<<${end}\n${value}\n${end}\n`);
}

output('version', version);
output('manifest-sha256', manifestSha256);
output('links', JSON.stringify(links));
appendFileSync(
  process.env['GITHUB_STEP_SUMMARY'] ?? '',
  `Published \`${version}\` to the channel \`${channel}\`. The SHA-256 of its manifest is \`${manifestSha256}\`.\n`,
);
