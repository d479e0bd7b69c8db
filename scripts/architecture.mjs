// Draws docs/architecture.svg from the compiled templates. First the launchpad: what is made of two fields, stage after
// stage. Below it the small stacks: a column for each, a box for each resource that is more than plumbing, and a line
// wherever an output of one stack reaches a resource of another. Needs lib/ (npm run build).
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawLaunchpad } from './launchpad-picture.mjs';
import { box, COLUMN, frame, groupBox, heightOf, isPlumbing, resourceBox, title } from './picture-boxes.mjs';

/** @typedef {import('./picture-boxes.mjs').Box & {x: number, y: number}} Box */
/** @typedef {{stack: string, summary: string, value: any}} Template */

/** Room for a heading, and for the legend below the columns. */
const [HEADING, LEGEND] = [56, 48];

/** The picture, as SVG text. @param {readonly Template[]} all the stacks of a release @returns {string} */
export function drawArchitecture(all) {
  const launchpad = all.find(({ stack }) => stack === 'launchpad');
  const whole = drawLaunchpad(launchpad?.value, HEADING);
  const top = whole.bottom + HEADING;
  const small = all.filter(({ stack }) => !stack.startsWith('launchpad'));
  const columns = small.map((template, index) => ({ ...template, boxes: boxesOf(template.value, index, top) }));
  const bottom = top + heightOf(Math.max(...columns.map(({ boxes }) => boxes.length)));
  const height = bottom + LEGEND;
  const width = Math.max(whole.width, 40 + columns.length * (COLUMN.width + COLUMN.gap) - COLUMN.gap);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" role="img" aria-labelledby="t">`,
    '<title id="t">The launchpad, stage after stage, and below it the same in small stacks with the values they hand on</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    heading('launchpad: everything in one stack', HEADING),
    ...whole.lines,
    heading('The same in small stacks; all but people can be deployed without a bucket', top),
    ...columns.map((_, i) => frame(left(i), top, COLUMN.width, bottom - top)),
    ...linesBetween(columns),
    ...columns.flatMap(({ stack, summary, boxes }, i) => [
      ...title(`${i + 1}  ${stack}`, summary, left(i), top),
      ...boxes.map(box),
    ]),
    ...legend(bottom + 20),
    '</svg>',
  ].join('\n')}\n`;
}

/** @param {number} index */
export function left(index) {
  return 20 + index * (COLUMN.width + COLUMN.gap);
}

/** @param {string} words @param {number} top */
function heading(words, top) {
  return `<text x="20" y="${top - 20}" font-size="20" font-weight="bold" fill="#16324f">${words}</text>`;
}

/** @param {any} template @param {number} column @param {number} top @returns {Box[]} */
export function boxesOf(template, column, top) {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => !isPlumbing(Type))
    .flatMap(([id, resource]) => [
      resourceBox(id, resource.Type.replace(/^AWS::/, ''), resource),
      ...(resource.Properties.InstanceGroups ?? []).map(instanceGroup),
    ])
    .map((one, row) => ({ ...one, x: left(column) + 14, y: top + COLUMN.top + row * COLUMN.step }));
}

/** @param {any} group an instance group of AWS::SageMaker::Cluster */
function instanceGroup(group) {
  const { PartitionNames } = group.SlurmConfig;
  return groupBox(group, PartitionNames ? `, partition ${PartitionNames[0]}` : '');
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
  const sample = (/** @type {number} */ x, /** @type {string} */ look) =>
    `<rect x="${x}" y="${y - 4}" width="26" height="16" rx="4" ${look}/>`;
  return [
    item(20, sample(20, 'fill="#fdf0d5" stroke="#c77d0a"'), 'kept when its stack is deleted: data, and what it needs'),
    item(
      440,
      sample(440, 'fill="#fff" stroke="#7a8ca3" stroke-dasharray="4 3"'),
      'made only where its parameters ask for it',
    ),
    item(
      770,
      `<path d="M770 ${y + 4} h26" stroke="#3572b0" stroke-width="1.5"/>`,
      'an output of one stack is a parameter of another',
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { compileRelease, DEFAULTS, readAssets } = await import(new URL('../lib/index.js', import.meta.url).href);
  const target = fileURLToPath(new URL('../docs/architecture.svg', import.meta.url));
  writeFileSync(target, drawArchitecture(await compileRelease(DEFAULTS, readAssets())));
}
