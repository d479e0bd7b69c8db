// Checks one input, and says what is wrong with the answer.

/** How much CPU an answer may take, in milliseconds. */
export const MOST_CPU = 1000;
/** How large the findings may be, in characters of JSON. */
const MOST_OUTPUT = 1_000_000;

/**
 * @param {typeof import('../../src/index.ts')} api @param {string} text @param {number} [most] CPU in milliseconds
 * @returns {{fault: string | undefined, cpu: number}} what is wrong, and the CPU that the answer took, in milliseconds
 */
export function judge(api, text, most = MOST_CPU) {
  const start = process.cpuUsage();
  /** @type {readonly import('../../src/index.ts').Diagnostic[]} */
  let findings;
  try {
    findings = api.validateTemplate(text, { file: 't.yaml' });
    api.renderPretty(findings, { text: () => text });
    for (const render of [api.renderJson, api.renderSarif, api.renderGithub]) render(findings);
    api.renderJunit(findings, ['t.yaml']);
  } catch (thrown) {
    return { fault: `throws ${thrown instanceof Error ? thrown.stack : String(thrown)}`, cpu: 0 };
  }
  const { user, system } = process.cpuUsage(start);
  const cpu = (user + system) / 1000;
  return { fault: faultOf(findings, text, cpu, most), cpu };
}

/** @param {readonly import('../../src/index.ts').Diagnostic[]} findings @param {string} text @param {number} cpu @param {number} most */
function faultOf(findings, text, cpu, most) {
  if (cpu > most) return `takes ${Math.round(cpu)} ms of CPU`;
  const size = JSON.stringify(findings).length;
  if (size > MOST_OUTPUT) return `answers with ${size} characters`;
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const { code, message, span } of findings) {
    if (!/^(?:[EWI]\d{4}|PL3\d{3})$/.test(code)) return `has the code ${code}`;
    if (/\bundefined\b|\[object /.test(message) && !/\bundefined\b|\[object /.test(text)) return `says: ${message}`;
    if (span === undefined) return `${code} has no place`;
    const line = lines[span.line - 1];
    if (line === undefined || span.column < 1 || span.column + span.length - 1 > line.length + 1)
      return `${code} is at ${span.line}:${span.column}, which is outside of the text`;
  }
  return undefined;
}
