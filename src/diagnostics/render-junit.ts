import type { Diagnostic } from './diagnostic.ts';

/** What XML 1.0 cannot contain, escaped or not: https://www.w3.org/TR/xml/#charsets */
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Findings as a JUnit report, the XML that Jenkins, GitLab and Azure Pipelines show: a suite a file, a case a finding.
 * An error is a failure; a warning or an info is a case that passes, with its text as output.
 * @param files that were checked: one without findings is a suite of one case that passes
 */
export function renderJunit(diagnostics: readonly Diagnostic[], files: readonly string[] = []): string {
  const suites = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const one of diagnostics) {
    const name = one.span?.file ?? 'podlaunch';
    suites.set(name, [...(suites.get(name) ?? []), one]);
  }
  const lines = [...suites].flatMap(([file, findings]) => [
    `  <testsuite ${attributes({ name: file, ...counts(findings, Math.max(findings.length, 1)) })}>`,
    ...(findings.length > 0 ? findings.flatMap(testCase) : [`    <testcase ${attributes(passed(file))}/>`]),
    '  </testsuite>',
  ]);
  const tests = [...suites.values()].reduce((sum, findings) => sum + Math.max(findings.length, 1), 0);
  const head = `<testsuites ${attributes({ name: 'podlaunch validate', ...counts(diagnostics, tests) })}>`;
  return `${['<?xml version="1.0" encoding="UTF-8"?>', head, ...lines, '</testsuites>'].join('\n')}\n`;
}

function counts(findings: readonly Diagnostic[], tests: number) {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  return { tests, failures, errors: 0, skipped: 0, time: 0 };
}

function passed(file: string) {
  return { name: 'no findings', classname: file, file, time: 0 };
}

function testCase(finding: Diagnostic): readonly string[] {
  const { code, severity, message, span, path, hint } = finding;
  const place = span && `${span.file}:${span.line}:${span.column}`;
  const name = [code, path.join('.'), ...(span ? [`line ${span.line}`] : [])].filter((part) => part !== '').join(' ');
  const about = {
    name,
    classname: span?.file ?? 'podlaunch',
    ...(span && { file: span.file, line: span.line }),
    time: 0,
  };
  const text = [`${severity} ${code}: ${message}`, ...(place ? [place] : []), ...(hint ? [hint] : [])].join('\n');
  const inside =
    severity === 'error'
      ? `<failure ${attributes({ message, type: code })}>${escaped(text)}</failure>`
      : `<system-out>${escaped(text)}</system-out>`;
  return [`    <testcase ${attributes(about)}>`, `      ${inside}`, '    </testcase>'];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}="${escaped(String(value)).replace(/[\t\r\n]/g, (sign) => `&#${sign.charCodeAt(0)};`)}"`,
    )
    .join(' ');
}

function escaped(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)
    .replaceAll('\r', '&#13;');
}
