/** Global options that take a value as the next argument. */
const WITH_VALUE = ['--config'];

/**
 * Finds the command that the arguments ask for, before they are parsed, so that only its file is loaded.
 * `help NAME` is turned into `NAME --help`. An unknown name is left to the parser, which suggests the nearest.
 */
export function askedCommand<T extends { readonly name: string }>(
  argv: readonly string[],
  commands: readonly T[],
): { entry: T | undefined; argv: readonly string[] } {
  const rest = argv[0] === 'help' && argv.length > 1 ? [...argv.slice(1), '--help'] : argv;
  const name = rest.find((word, i) => !word.startsWith('-') && !WITH_VALUE.includes(rest[i - 1] ?? ''));
  return { entry: commands.find((command) => command.name === name), argv: rest };
}
