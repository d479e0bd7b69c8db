// Draws the launchpad from its template: what a launcher gives, and what is made of it, stage after stage.
import { box, COLUMN, frame, groupBox, heightOf, isPlumbing, resourceBox, title } from './picture-boxes.mjs';

/** @typedef {{name: string, words: string, columns: readonly (readonly import('./picture-boxes.mjs').Box[])[]}} Stage */

/** The last resource of each stage: what follows waits for it. The cluster's has none. */
const ENDS = [
  { last: 'Preflight', name: 'preflight', words: 'refused within a minute' },
  { last: 'RefusedFirst', name: 'network, LDAPS', words: 'refused within minutes, before what takes long' },
  { last: 'PeopleFunctionName', name: 'directory and storage', words: 'side by side: 20 to 45 minutes' },
  { last: undefined, name: 'cluster', words: 'nodes join the directory by themselves' },
];
const MOST = 12;

/**
 * The launchpad as lines of SVG below `top`, and where they end.
 * @param {any} template @param {number} top @returns {{readonly lines: readonly string[], readonly width: number, readonly bottom: number}}
 */
export function drawLaunchpad(template, top) {
  const stages = stagesOf(template);
  const rows = Math.max(...stages.flatMap(({ columns }) => columns.map(({ length }) => length)));
  const bottom = top + heightOf(rows);
  let x = 20;
  const lines = stages.flatMap(({ name, words, columns }, index) => {
    const left = x;
    const width = columns.length * COLUMN.width - (columns.length - 1) * 14;
    x += width + 26;
    return [
      frame(left, top, width, bottom - top),
      ...title(index === 0 ? name : `${index}  ${name}`, words, left, top),
      ...columns.flatMap((boxes, column) =>
        boxes.map((one, row) =>
          box({ ...one, x: left + 14 + column * (COLUMN.width - 14), y: top + COLUMN.top + row * COLUMN.step }),
        ),
      ),
      ...(index < stages.length - 1 ? [arrow(left + width, top + COLUMN.top / 2)] : []),
    ];
  });
  return { lines, width: x - 26 + 20, bottom };
}

/** @param {any} template @returns {readonly Stage[]} */
function stagesOf({ Parameters, Resources, Conditions }) {
  const given = Object.keys(Parameters).filter((name) => Parameters[name].Default === undefined);
  const you = given.map((id) => ({
    id,
    type: Parameters[id].NoEcho ? 'no link can fill it in' : 'a field of the form',
  }));
  const ids = Object.keys(Resources);
  let start = 0;
  const made = ENDS.map(({ last, name, words }) => {
    const end = last === undefined ? ids.length : ids.indexOf(last) + 1;
    const boxes = ids.slice(start, end).filter(isShown).flatMap(boxesOf);
    start = end;
    const count = Math.ceil(boxes.length / MOST);
    const each = Math.ceil(boxes.length / count);
    return { name, words, columns: Array.from({ length: count }, (_, i) => boxes.slice(i * each, (i + 1) * each)) };
  });
  return [{ name: 'you', words: 'two fields, one check box', columns: [you] }, ...made];

  /** @param {string} id */
  function isShown(id) {
    const { Type, Condition } = Resources[id];
    const isMade = Condition === undefined || holds({ Condition });
    const isInside = Type === 'AWS::Lambda::Function' && ids.some((other) => isAnsweredBy(Resources[other], id));
    const isAside = id !== 'ExecutionRole' && /Role$|Schedule|WaitCondition/.test(`${id} ${Type}`);
    return isMade && !isInside && !isAside && !isPlumbing(Type);
  }

  /** @param {any} resource @param {string} id */
  function isAnsweredBy({ Properties }, id) {
    return JSON.stringify(Properties.ServiceToken ?? '').includes(`"${id}"`);
  }

  /** @param {string} id @returns {readonly import('./picture-boxes.mjs').Box[]} */
  function boxesOf(id) {
    const { Type, Properties } = Resources[id];
    const type = Type.startsWith('Custom::') ? 'a function of the stack' : Type.replace(/^AWS::/, '');
    const groups = (Properties.InstanceGroups ?? []).map((/** @type {any} */ group) => groupBox(group));
    return [resourceBox(id, type, Resources[id]), ...groups];
  }

  /** Whether a condition is true where the launcher changes nothing. @param {any} expression @returns {boolean} */
  function holds(expression) {
    const [[name, operands]] = /** @type {[[string, any]]} */ (Object.entries(expression));
    if (name === 'Condition') return holds(Conditions[operands]);
    if (name === 'Fn::Not') return !holds(operands[0]);
    if (name === 'Fn::And') return operands.every(holds);
    if (name === 'Fn::Or') return operands.some(holds);
    const [left, right] = operands.map((/** @type {any} */ one) =>
      String(one.Ref ? Parameters[one.Ref]?.Default : one),
    );
    return left === right;
  }
}

/** @param {number} x @param {number} y */
function arrow(x, y) {
  return `<path d="M${x + 4} ${y} h14 m-5 -5 l5 5 l-5 5" fill="none" stroke="#3572b0" stroke-width="2"/>`;
}
