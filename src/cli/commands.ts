import type { Command } from 'commander';
import type { Cli } from './cli-context.ts';

/** What the file of a command exports: it adds arguments, options, an example and an action to the command it is given. */
export interface CommandModule {
  define(command: Command, cli: Cli): void;
}

/** A command as the list of commands knows it, before its file is loaded. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}

/** All commands, in the order in which help lists them. Only the one that is asked for is loaded. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'init', summary: 'Write a commented podlaunch.yaml', load: () => import('./init.ts') },
  { name: 'compile', summary: 'Write the CloudFormation templates', load: () => import('./compile.ts') },
  { name: 'validate', summary: 'Check CloudFormation templates', load: () => import('./validate.ts') },
  { name: 'rules', summary: 'List the rules of validate', load: () => import('./rules.ts') },
  { name: 'explain', summary: 'Explain a code of a finding', load: () => import('./explain.ts') },
  { name: 'bucket', summary: 'Make the bucket for releases', load: () => import('./bucket.ts') },
  { name: 'publish', summary: 'Publish a release, and point a channel at it', load: () => import('./publish.ts') },
  { name: 'links', summary: 'Write links that launch the stacks', load: () => import('./links.ts') },
  { name: 'page', summary: 'Make a page that launches the stacks', load: () => import('./page.ts') },
  {
    name: 'catalog',
    summary: 'Make a template that offers releases in Service Catalog',
    load: () => import('./catalog.ts'),
  },
  {
    name: 'stack-set',
    summary: 'Make a template that makes the prerequisites in many accounts',
    load: () => import('./stack-set.ts'),
  },
  { name: 'deploy', summary: 'Make or update the stacks, and watch them', load: () => import('./deploy.ts') },
  { name: 'status', summary: 'Say how stacks and cluster are', load: () => import('./status.ts') },
  { name: 'logs', summary: 'Show logs of nodes and functions', load: () => import('./logs.ts') },
  { name: 'destroy', summary: 'Delete all stacks in their order', load: () => import('./destroy.ts') },
  {
    name: 'preflight',
    summary: 'Look what would have a launch refused, before it',
    load: () => import('./preflight.ts'),
  },
  {
    name: 'verify',
    summary: 'Check signatures and hashes of a release, a link or your bucket',
    load: () => import('./verify.ts'),
  },
  { name: 'diff', summary: 'Say what an update changes and replaces', load: () => import('./diff.ts') },
  { name: 'prices', summary: "Make a price file of AWS's price lists", load: () => import('./prices.ts') },
  { name: 'estimate', summary: 'Say what a launch costs', load: () => import('./estimate.ts') },
  {
    name: 'changelog',
    summary: 'Write what changes between releases, and how to update',
    load: () => import('./changelog.ts'),
  },
  { name: 'rollback', summary: 'Point a channel at an older release again', load: () => import('./rollback.ts') },
  { name: 'releases', summary: 'List what is published, and what was withdrawn', load: () => import('./releases.ts') },
  {
    name: 'withdraw',
    summary: 'Warn everybody of a release that is published',
    load: () => import('./withdraw.ts'),
  },
  { name: 'sign', summary: 'Sign a release that is published', load: () => import('./sign.ts') },
  { name: 'keys', summary: 'List and withdraw the keys of signatures', load: () => import('./keys.ts') },
  { name: 'release', summary: 'Compile, check, publish, and print how to launch', load: () => import('./release.ts') },
  { name: 'ssh-config', summary: 'Print entries for ~/.ssh/config', load: () => import('./ssh-config.ts') },
  { name: 'people', summary: 'Add, change and list the people of a cluster', load: () => import('./people.ts') },
  { name: 'password', summary: 'Obfuscate a password as SSSD does', load: () => import('./password.ts') },
  { name: 'certificate', summary: 'Make and renew the certificate of LDAPS', load: () => import('./certificate.ts') },
];
