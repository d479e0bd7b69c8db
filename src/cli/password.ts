import type { Command } from 'commander';
import { obfuscatePassword } from '../password/obfuscate.ts';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';
import { readSecret } from './read-secret.ts';

export function define(command: Command, cli: Cli): void {
  command.description('Passwords for nodes');
  command
    .command('obfuscate')
    .summary("SSSD's obfuscated form of a password")
    .description(
      'Read a password at a hidden prompt, or from stdin, and write it as SSSD obfuscates it: for ldap_default_authtok with ldap_default_authtok_type = obfuscated_password. It hides the password from a glance, not from a reader: keep the file root 0600.',
    )
    .addHelpText(
      'after',
      examples(
        'podlaunch password obfuscate',
        'aws secretsmanager get-secret-value --secret-id ARN --query SecretString --output text | jq -r .password | podlaunch password obfuscate',
      ),
    )
    .action(async () => {
      const obfuscated = obfuscatePassword(await readSecret(cli.io, 'Password'));
      await cli.answer({ json: () => ({ obfuscated }), text: () => obfuscated });
    });
}
