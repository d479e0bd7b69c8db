import { parseXML } from '@aws-sdk/xml-builder';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { error, info, warning } from '../../src/diagnostics/diagnostic.ts';
import { renderJunit } from '../../src/diagnostics/render-junit.ts';

const span = { file: 'a.yaml', line: 3, column: 8, length: 13 };

test('a suite a file, a case a finding; only an error is a failure, and a file without findings passes', () => {
  const findings = [
    error({ code: 'E3002', message: 'No "x" & <y>.', span, path: ['Resources', 'A', 0], hint: 'Delete it.' }),
    warning({ code: 'W2001', message: 'Unused.', span: { ...span, line: 5 } }),
    info({ code: 'PL3048', message: 'By another tool.' }),
  ];
  const counts = (tests: number, failures: number) =>
    `tests="${tests}" failures="${failures}" errors="0" skipped="0" time="0"`;
  expect(renderJunit(findings, ['a.yaml', 'b.yaml'])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="podlaunch validate" ${counts(4, 1)}>
  <testsuite name="a.yaml" ${counts(2, 1)}>
    <testcase name="E3002 Resources.A.0 line 3" classname="a.yaml" file="a.yaml" line="3" time="0">
      <failure message="No &quot;x&quot; &amp; &lt;y&gt;." type="E3002">error E3002: No &quot;x&quot; &amp; &lt;y&gt;.
a.yaml:3:8
Delete it.</failure>
    </testcase>
    <testcase name="W2001 line 5" classname="a.yaml" file="a.yaml" line="5" time="0">
      <system-out>warning W2001: Unused.
a.yaml:5:8</system-out>
    </testcase>
  </testsuite>
  <testsuite name="b.yaml" ${counts(1, 0)}>
    <testcase name="no findings" classname="b.yaml" file="b.yaml" time="0"/>
  </testsuite>
  <testsuite name="podlaunch" ${counts(1, 0)}>
    <testcase name="PL3048" classname="podlaunch" time="0">
      <system-out>info PL3048: By another tool.</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('any text is XML that is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (message, file) => {
      const xml = renderJunit([error({ code: 'E3002', message, span: { ...span, file } })]);
      expect(xml).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/u);
      expect(parseXML(xml)).toMatchObject({ testsuites: { testsuite: { testcase: { failure: { type: 'E3002' } } } } });
    }),
  );
});
