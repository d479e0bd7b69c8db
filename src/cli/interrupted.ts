/** What a command that is interrupted by Ctrl-C leaves behind, in words for the person who did it; empty where there is nothing to say. */
export const leftBehind: { words: string } = { words: '' };

/** Thrown when someone presses Ctrl-C at a prompt; the command ends with 130, as shells count it. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted');
    this.name = 'Interrupted';
  }
}
