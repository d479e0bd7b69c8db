/** Global options that take a value as the next argument. */
const WITH_VALUE = ['--config'];

/**
 * Finds the command that the arguments ask for, before they are parsed, so that only its file is loaded.
 * `help NAME` is turned into `NAME --help`; of a name that is none only the name is left, for the parser to suggest the
 * nearest (with --help it would show the help of podlaunch instead).
 */
export function askedCommand<T extends { readonly name: string }>(
  argv: readonly string[],
  commands: readonly T[],
): { entry: T | undefined; argv: readonly string[] } {
  const words = argv[0] === 'help' && argv.length > 1 ? [...argv.slice(1), '--help'] : argv;
  const name = words.find((word, i) => !word.startsWith('-') && !WITH_VALUE.includes(words[i - 1] ?? ''));
  const entry = commands.find((command) => command.name === name);
  return { entry, argv: entry || name === undefined ? words : [name] };
}
