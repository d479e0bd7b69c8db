// The boxes of the pictures of stacks.

/** @typedef {{id: string, type: string, optional?: boolean, kept?: boolean}} Box */

export const COLUMN = { width: 280, gap: 110, top: 70, step: 37, box: 30 };

/** Resources that only join others together. */
const PLUMBING =
  /Route$|RouteTable$|Association$|Attachment$|Ingress$|Egress$|LogGroup$|BucketPolicy$|RolePolicy$|RecordSet$|EIP$/;

/** @param {string} type */
export function isPlumbing(type) {
  return PLUMBING.test(type);
}

/** A resource's box. @param {string} id @param {string} type what it is, in words @param {any} resource @returns {Box} */
export function resourceBox(id, type, { Condition, DeletionPolicy }) {
  return { id, type, optional: Condition !== undefined, kept: DeletionPolicy === 'RetainExceptOnCreate' };
}

/**
 * The box of an instance group, below its cluster's.
 * @param {any} group an instance group of AWS::SageMaker::Cluster @param {string} [more] @returns {Box}
 */
export function groupBox({ InstanceGroupName, SlurmConfig: { NodeType } }, more = '') {
  return { id: `   ${InstanceGroupName}`, type: `   ${NodeType} nodes${more}` };
}

/** How high a frame is that has a title and so many boxes below each other. @param {number} rows */
export function heightOf(rows) {
  return COLUMN.top + rows * COLUMN.step + 8;
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
export function frame(x, y, width, height) {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="#f5f7fa" stroke="#c3ccd9"/>`;
}

/** @param {string} name @param {string} summary @param {number} x @param {number} top */
export function title(name, summary, x, top) {
  return [
    `<text x="${x + 14}" y="${top + 28}" font-size="18" font-weight="bold" fill="#16324f">${name}</text>`,
    `<text x="${x + 14}" y="${top + 50}" font-size="13" fill="#44546a">${summary}</text>`,
  ];
}

/** @param {Box & {x: number, y: number}} box */
export function box({ id, type, optional, kept, x, y }) {
  const width = COLUMN.width - 28;
  const dash = optional ? ' stroke-dasharray="4 3"' : '';
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${COLUMN.box}" rx="5" fill="${kept ? '#fdf0d5' : '#fff'}" stroke="${kept ? '#c77d0a' : '#7a8ca3'}"${dash}/>`,
    `<text x="${x + 9}" y="${y + 13}" font-size="11.5" font-weight="bold" fill="#1d2b3a" xml:space="preserve">${id}</text>`,
    `<text x="${x + 9}" y="${y + 25}" font-size="10" fill="#5b6b7f" xml:space="preserve">${type}</text>`,
  ].join('');
}
