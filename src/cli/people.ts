import type { Command } from 'commander';
import type { Edit } from '../functions/people/edit-document.ts';
import type { PeopleRequest } from '../functions/people/requests.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { examples } from './examples.ts';
import { another } from './option-values.ts';
import { type ChangeOptions, changePassword, changePeople, showPlan, withPeople } from './people-run.ts';
import { readFileOrStdin } from './read-file-or-stdin.ts';

interface FileOptions extends ChangeOptions {
  readonly file: string;
}

interface AddOptions extends ChangeOptions {
  readonly group: readonly string[];
  readonly key: string;
}

interface ResetOptions extends ChangeOptions {
  readonly reader: string;
}

const RESET = 'password reset ada --reader arn:aws:iam::111122223333:role/Ada';

export function define(command: Command, cli: Cli): void {
  command
    .description('The people of a cluster, their groups and keys: asks the function that the stack has in the VPC')
    .addHelpText(
      'after',
      examples(
        'podlaunch people add ada --group ClusterDev --key ada.pub --stack physics-launchpad',
        'podlaunch people plan --file people.yaml --stack physics-launchpad',
        'podlaunch people export --stack physics-launchpad > people.yaml',
      ),
    );

  const key = command
    .command('key')
    .description('The keys of a person')
    .addHelpText('after', examples('podlaunch people key add ada laptop.pub --stack physics-launchpad'));
  const password = command
    .command('password')
    .description('The password of a person')
    .addHelpText('after', examples(`podlaunch people ${RESET} --stack physics-launchpad`));
  /** A command below people; `example` is a line of it, without what each has. */
  const sub = (signature: string, description: string, example: string, below: Command = command): Command =>
    below
      .command(signature)
      .description(description)
      .addHelpText('after', examples(`podlaunch people ${example} --stack physics-launchpad`))
      .requiredOption('--stack <name>', 'Stack that was launched from launchpad or people')
      .option(
        '--region <region>',
        "The stack's region (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)",
      )
      .option('--endpoint-url <url>', "Other endpoints than AWS's");
  const changing = (signature: string, description: string, example: string, below?: Command): Command =>
    sub(signature, description, example, below).option('-y, --yes', 'Do what is planned without asking');

  sub('plan', 'Say what apply would do', 'plan --file people.yaml')
    .requiredOption('-f, --file <file>', 'people.yaml, or - for stdin')
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<FileOptions>();
      await showPlan(cli, options, await documentIn(options.file));
    });
  changing(
    'apply',
    'Make the directory as people.yaml says; who is not in it is disabled, and nobody is deleted',
    'apply --file people.yaml',
  )
    .requiredOption('-f, --file <file>', 'people.yaml, or - for stdin')
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<FileOptions>();
      await changePeople(cli, options, await documentIn(options.file));
    });
  sub('export', 'Write the people who are there as people.yaml', 'export').action(async (_, self: Command) => {
    const document = await withPeople(cli, self.optsWithGlobals<ChangeOptions>(), (people) => people.export());
    if (cli.json) cli.printJson(document);
    else cli.print(await (await import('../people/people-yaml.ts')).peopleYaml(document));
  });
  sub('list', 'List the people who are there, with their groups and keys', 'list').action(async (_, self: Command) => {
    const document = await withPeople(cli, self.optsWithGlobals<ChangeOptions>(), (people) => people.export());
    const { peopleTable } = await import('../people/people-table.ts');
    await cli.answer({ json: () => document, text: () => peopleTable(document) });
  });

  changing(
    'add <name>',
    'Add a person, or give one who is there more groups and keys',
    'add ada --group ClusterDev --key ada.pub',
  )
    .requiredOption('--group <name>', 'Group, may be repeated', another)
    .requiredOption('--key <file>', 'Public key: a file such as id_ed25519.pub, or - for stdin')
    .action(async (name: string, _, self: Command) => {
      const { group: groups, key, ...options } = self.optsWithGlobals<AddOptions>();
      await edit(options, { edit: 'add', name, groups, keys: await keysIn(key) });
    });
  changing('remove <name>', 'Disable a person and take them out of all groups; files stay theirs', 'remove ada').action(
    (name: string, _, self: Command) => edit(self.optsWithGlobals(), { edit: 'remove', name }),
  );
  changing('enable <name>', 'Let a person in again who was removed; add gives groups', 'enable ada').action(
    (name: string, _, self: Command) => edit(self.optsWithGlobals(), { edit: 'enable', name }),
  );
  changing(
    'import <file>',
    'Add all people of a table: a line for each key, with name,groups,key in its first line',
    'import people.csv',
  ).action(async (file: string, _, self: Command) => {
    const { readPeopleTable } = await import('../people/read-people-table.ts');
    const { people } = readPeopleTable(await readFileOrStdin(file, cli.io), file);
    const edits = people.map(({ name, groups, keys }): Edit => ({ edit: 'add', name, groups, keys }));
    await changePeople(cli, self.optsWithGlobals(), { edits });
  });

  changing('add <name> <file>', 'Give a person a key, or all of a file', 'key add ada laptop.pub', key).action(
    async (name: string, file: string, _, self: Command) => {
      const edits = (await keysIn(file)).map((one): Edit => ({ edit: 'add key', name, key: one }));
      await changePeople(cli, self.optsWithGlobals(), { edits });
    },
  );
  changing(
    'remove <name> <key>',
    'Take a key from a person: its file, or its fingerprint SHA256:…',
    'key remove ada laptop.pub',
    key,
  ).action(async (name: string, named: string, _, self: Command) => {
    const keys = named.startsWith('SHA256:') ? [named] : await keysIn(named);
    const edits = keys.map((one): Edit => ({ edit: 'remove key', name, key: one }));
    await changePeople(cli, self.optsWithGlobals(), { edits });
  });

  changing(
    'reset <name>',
    'Give a person a new password, in a secret that one role or user may read for a week',
    RESET,
    password,
  )
    .requiredOption('--reader <arn>', 'Role or user of AWS that may read it: the person, or who hands it to them')
    .action(async (name: string, _, self: Command) => {
      const { reader, ...options } = self.optsWithGlobals<ResetOptions>();
      await changePassword(cli, options, { name, reader });
    });

  const edit = (options: ChangeOptions & GlobalOptions, one: Edit) => changePeople(cli, options, { edits: [one] });

  async function documentIn(file: string): Promise<PeopleRequest> {
    const { readPeople } = await import('../people/read-people.ts');
    return { document: readPeople(await readFileOrStdin(file, cli.io), file) };
  }

  async function keysIn(file: string): Promise<readonly string[]> {
    const { readKeys } = await import('../people/read-keys.ts');
    return readKeys(await readFileOrStdin(file, cli.io), file === '-' ? 'stdin' : file);
  }
}
