import { Command, CommanderError } from 'commander';
import { findingsOf } from '../diagnostics/findings-of.ts';
import { VERSION } from '../version.ts';
import { askedCommand } from './asked-command.ts';
import { bugReport } from './bug-report.ts';
import { makeCli } from './cli-context.ts';
import { COMMANDS, type CommandEntry } from './commands.ts';
import { examples } from './examples.ts';
import { Interrupted } from './interrupted.ts';
import { hasColours, type Io } from './io.ts';

/** 128 + SIGINT, as shells count it. */
const INTERRUPTED = 130;

/**
 * The whole command line: runs the command that the arguments name and returns the exit code. 0: done. 1: an error was
 * found, or something was refused. 2: the arguments make no sense, or there are none. Never throws, never ends the process.
 */
export async function main(
  argv: readonly string[],
  io: Io,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  const asked = askedCommand(argv, commands);
  const program = makeProgram(io, commands);
  let json = false;
  let report: Report | undefined;
  program.hook('preAction', (_, command) => {
    const { json: flag, format } = command.optsWithGlobals();
    json = flag === true || format === 'json';
    report = json ? undefined : REPORTS.find((one) => one === format);
  });
  const cli = makeCli(io, () => json);
  try {
    const command = program.commands.find((c) => c.name() === asked.entry?.name);
    // Only of podlaunch itself: publish and others have a --version of their own.
    if (!asked.entry) program.version(VERSION, '--version', 'Print the version');
    if (!asked.entry && argv.includes('--version') && argv.includes('--verbose')) {
      const { aboutSchemas } = await import('../validate/schema/schema-for.ts');
      io.stdout.write(`podlaunch ${VERSION}\nNode.js ${process.version}\n${aboutSchemas()}\n`);
      return 0;
    }
    if (asked.entry && command) (await asked.entry.load()).define(command, cli);
    await program.parseAsync(asked.argv, { from: 'user' });
    return cli.exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    if (thrown instanceof Interrupted) return INTERRUPTED;
    const findings = findingsOf(thrown);
    if (findings && report) await cli.printFindings({ diagnostics: findings, format: report, texts: new Map() });
    else if (findings) await cli.report(findings);
    else io.stderr.write(bugReport(thrown, io.env['PODLAUNCH_DEBUG'] === '1'));
    return 1;
  }
}

type Report = (typeof REPORTS)[number];

/** Forms of `--format` that a machine reads findings in: what is refused is one of them too. */
const REPORTS = ['github', 'sarif', 'junit'] as const;

/** The program with a stub for each command: enough to list them, and to suggest the nearest to a misspelt one. */
function makeProgram(io: Io, commands: readonly CommandEntry[]): Command {
  const program = new Command('podlaunch')
    .description('Compiles, checks and publishes CloudFormation templates for a HyperPod cluster with a directory')
    .helpOption('-h, --help', 'Show help')
    .helpCommand('help [command]', 'Show the help of a command')
    .option(
      '--config <file>',
      'Configuration to read (default: podlaunch.yaml here, or above in the same git repository)',
    )
    .option('--json', 'Write the result as JSON')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => hasColours(io.stdout, io.env),
      getErrHasColors: () => hasColours(io.stderr, io.env),
    })
    .addHelpText('after', examples('podlaunch init', 'podlaunch release', 'podlaunch help publish'));
  for (const { name, summary } of commands) {
    program.command(name).description(summary).showHelpAfterError(`Run podlaunch ${name} --help to see what there is.`);
  }
  return program;
}
