// Draws docs/architecture.svg from the compiled templates: a column for each stack, a box for each resource that is more
// than plumbing, and a line wherever an output of one stack reaches a resource of another. Needs lib/ (npm run build).
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {{id: string, type: string, optional: boolean, kept: boolean, x: number, y: number}} Box */

const COLUMN = { width: 280, gap: 110, edge: 14, top: 84, step: 37, box: 30 };
/** Room for the legend, below the columns. */
const LEGEND = 48;

/** Resources that only join others together. */
const PLUMBING =
  /Route$|RouteTable$|Association$|Attachment$|Ingress$|Egress$|LogGroup$|BucketPolicy$|RolePolicy$|RecordSet$|EIP$/;

/** The picture, as SVG text. @param {readonly {stack: string, summary: string, value: any}[]} templates @returns {string} */
export function drawArchitecture(templates) {
  const columns = templates.map((template, index) => ({ ...template, boxes: boxesOf(template.value, index) }));
  const bottom = COLUMN.top + COLUMN.step * Math.max(...columns.map(({ boxes }) => boxes.length)) + COLUMN.edge;
  const height = bottom + LEGEND;
  const width = 40 + columns.length * (COLUMN.width + COLUMN.gap) - COLUMN.gap;
  const left = (/** @type {number} */ index) => 20 + index * (COLUMN.width + COLUMN.gap);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" role="img" aria-labelledby="t">`,
    '<title id="t">The stacks of podlaunch, their resources, and the values they hand on</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...columns.map(
      (_, i) =>
        `<rect x="${left(i)}" y="${COLUMN.edge}" width="${COLUMN.width}" height="${bottom - COLUMN.edge}" rx="8" fill="#f5f7fa" stroke="#c3ccd9"/>`,
    ),
    ...linesBetween(columns),
    ...columns.flatMap(({ stack, summary, boxes }, i) => [
      ...title(`${i + 1}  ${stack}`, summary, left(i)),
      ...boxes.map(drawBox),
    ]),
    ...legend(bottom + 20),
    '</svg>',
  ].join('\n')}\n`;
}

/** @param {any} template @param {number} column @returns {Box[]} */
function boxesOf(template, column) {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => !PLUMBING.test(Type))
    .flatMap(([id, { Type, Condition, DeletionPolicy, Properties }]) => [
      {
        id,
        type: Type.replace(/^AWS::/, ''),
        optional: Condition !== undefined,
        kept: DeletionPolicy === 'RetainExceptOnCreate',
      },
      ...(Properties.InstanceGroups ?? []).map(instanceGroup),
    ])
    .map((box, row) => ({
      ...box,
      x: 20 + column * (COLUMN.width + COLUMN.gap) + 14,
      y: COLUMN.top + row * COLUMN.step,
    }));
}

/** @param {any} group an instance group of AWS::SageMaker::Cluster */
function instanceGroup({ InstanceGroupName, SlurmConfig: { NodeType, PartitionNames } }) {
  const partition = PartitionNames ? `, partition ${PartitionNames[0]}` : '';
  return { id: `   ${InstanceGroupName}`, type: `   ${NodeType} nodes${partition}`, optional: false, kept: false };
}

/** @param {string} name @param {string} summary @param {number} x */
function title(name, summary, x) {
  return [
    `<text x="${x + 14}" y="42" font-size="18" font-weight="bold" fill="#16324f">${name}</text>`,
    `<text x="${x + 14}" y="64" font-size="13" fill="#44546a">${summary}</text>`,
  ];
}

/** @param {Box} box */
function drawBox({ id, type, optional, kept, x, y }) {
  const width = COLUMN.width - 28;
  const dash = optional ? ' stroke-dasharray="4 3"' : '';
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${COLUMN.box}" rx="5" fill="${kept ? '#fdf0d5' : '#fff'}" stroke="${kept ? '#c77d0a' : '#7a8ca3'}"${dash}/>`,
    `<text x="${x + 9}" y="${y + 13}" font-size="11.5" font-weight="bold" fill="#1d2b3a" xml:space="preserve">${id}</text>`,
    `<text x="${x + 9}" y="${y + 25}" font-size="10" fill="#5b6b7f" xml:space="preserve">${type}</text>`,
  ].join('');
}

/** @param {readonly {value: any, boxes: readonly Box[]}[]} columns */
function linesBetween(columns) {
  /** @type {Set<string>} */
  const lines = new Set();
  columns.forEach((to, index) => {
    for (const from of columns.slice(0, index)) {
      for (const [name, { Value }] of Object.entries(from.value.Outputs)) {
        if (!(name in to.value.Parameters)) continue;
        const sources = from.boxes.filter(({ id }) => mentions(Value, id));
        const targets = to.boxes.filter(({ id }) => mentions(to.value.Resources[id], name));
        for (const a of sources) for (const b of targets) lines.add(curve(a, b));
      }
    }
  });
  return [...lines];
}

/** Whether a part of a template refers to a name. @param {unknown} value @param {string} name */
function mentions(value, name) {
  return new RegExp(`"Ref":"${name}"|"Fn::GetAtt":\\["${name}"|\\$\\{${name}[.}]`).test(JSON.stringify(value));
}

/** @param {Box} a @param {Box} b */
function curve(a, b) {
  const [x1, y1] = [a.x + COLUMN.width - 28, a.y + COLUMN.box / 2];
  const [x2, y2] = [b.x, b.y + COLUMN.box / 2];
  const bend = (x2 - x1) / 2;
  return `<path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="#3572b0" stroke-opacity=".45" stroke-width="1.3"/>`;
}

/** @param {number} y */
function legend(y) {
  const item = (/** @type {number} */ x, /** @type {string} */ mark, /** @type {string} */ words) =>
    `${mark}<text x="${x + 34}" y="${y + 8}" font-size="12" fill="#44546a">${words}</text>`;
  const box = (/** @type {number} */ x, /** @type {string} */ look) =>
    `<rect x="${x}" y="${y - 4}" width="26" height="16" rx="4" ${look}/>`;
  return [
    item(20, box(20, 'fill="#fdf0d5" stroke="#c77d0a"'), 'contains data: kept when its stack is deleted'),
    item(
      360,
      box(360, 'fill="#fff" stroke="#7a8ca3" stroke-dasharray="4 3"'),
      'made only where its parameters ask for it',
    ),
    item(
      690,
      `<path d="M690 ${y + 4} h26" stroke="#3572b0" stroke-width="1.5"/>`,
      'an output of one stack is a parameter of another',
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { compile, DEFAULTS, readAssets } = await import(new URL('../lib/index.js', import.meta.url).href);
  const target = fileURLToPath(new URL('../docs/architecture.svg', import.meta.url));
  writeFileSync(target, drawArchitecture(compile(DEFAULTS, await readAssets())));
}
