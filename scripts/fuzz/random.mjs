// Random numbers that are the same for the same seed, so that any input can be made again.

/** @typedef {{below: (limit: number) => number, one: <T>(list: readonly T[]) => T, chance: (part: number) => boolean}} Random */

/** @param {number} seed @param {number} index of the input @returns {Random} */
export function randomFor(seed, index) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  // mulberry32
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  return {
    below,
    one: (list) => /** @type {any} */ (list[below(list.length)]),
    chance: (part) => next() < part,
  };
}
