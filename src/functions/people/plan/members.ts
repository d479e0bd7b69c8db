import type { Change } from '../ldap/client.ts';
import type { Act } from './act.ts';

/** Members of one group that come and go, and how that is told. */
interface Moves {
  readonly changes: Change[];
  readonly words: string[];
}

/** Most members that one request changes. */
const MOST = 100;

/** Who comes into which group and who leaves it, collected: a group's changes are one act, not one for each person. */
export class Members {
  readonly #moves = new Map<string, Moves>();

  move(kind: 'add' | 'delete', group: string, dn: string, words: string): void {
    const moves = this.#moves.get(group) ?? { changes: [], words: [] };
    this.#moves.set(group, moves);
    moves.changes.push([kind, 'member', [dn]]);
    moves.words.push(words);
  }

  acts(): readonly Act[] {
    return [...this.#moves].flatMap(([dn, { changes, words }]) => {
      const parts = Array.from({ length: Math.ceil(changes.length / MOST) }, (_, at) => at * MOST);
      return parts.map((from): Act => {
        const some = changes.slice(from, from + MOST);
        return {
          phase: 'members',
          words: words.slice(from, from + MOST),
          operation: { kind: 'modify', dn, changes: some },
        };
      });
    });
  }
}
