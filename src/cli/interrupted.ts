/** Thrown when someone presses Ctrl-C at a prompt; the command ends with 130, as shells count it. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted');
    this.name = 'Interrupted';
  }
}
