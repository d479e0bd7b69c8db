// Counts findings by code.

/** @typedef {{code: string, severity: string, span?: {file: string}}} Found */
/** @typedef {{severity: string, findings: number, files: Set<string>}} Count */

/** @param {readonly Found[]} findings @returns {Map<string, Count>} by code */
export function countByCode(findings) {
  /** @type {Map<string, Count>} */
  const counts = new Map();
  for (const { code, severity, span } of findings) {
    const count = counts.get(code) ?? { severity, findings: 0, files: new Set() };
    count.findings++;
    if (span) count.files.add(span.file);
    counts.set(code, count);
  }
  return counts;
}

/** The files with an error. @param {readonly Found[]} findings @returns {Set<string>} */
export function filesWithErrors(findings) {
  return new Set(findings.flatMap(({ severity, span }) => (severity === 'error' && span ? [span.file] : [])));
}

/**
 * A table of codes, those of the most files first.
 * @param {Map<string, Count>} own @param {Map<string, Count> | undefined} other of cfn-lint; undefined where it did not run
 * @returns {string} Markdown
 */
export function table(own, other) {
  const files = (/** @type {string} */ code) =>
    Math.max(own.get(code)?.files.size ?? 0, other?.get(code)?.files.size ?? 0);
  const codes = [...new Set([...own.keys(), ...(other?.keys() ?? [])])].sort(
    (a, b) => files(b) - files(a) || (a < b ? -1 : 1),
  );
  const cells = (/** @type {Count | undefined} */ count) => `${count?.findings ?? 0} | ${count?.files.size ?? 0}`;
  return [
    `| code | severity | podlaunch | files |${other ? ' cfn-lint | files |' : ''}`,
    `| --- | --- | ---: | ---: |${other ? ' ---: | ---: |' : ''}`,
    ...codes.map((code) => {
      const severity = (own.get(code) ?? other?.get(code))?.severity;
      return `| ${code} | ${severity} | ${cells(own.get(code))} |${other ? ` ${cells(other.get(code))} |` : ''}`;
    }),
  ].join('\n');
}
