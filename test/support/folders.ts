/** A folder of src/. */
export interface Folder {
  readonly name: string;
  /** What is in it, for docs/architecture.md. */
  readonly holds: string;
  /** The folders that its files may import; each is above it in the list. */
  readonly knows: readonly string[];
}

/** The folders of src/, the lowest first: what a folder knows is above it, so data and calls flow one way. */
export const FOLDERS: readonly Folder[] = [
  {
    name: 'diagnostics',
    holds: 'findings as data, refusals, and the files that render them for people, GitHub, SARIF, JUnit and JSON',
    knows: [],
  },
  { name: 'files', holds: 'folders and files: globs, writing in one step, hashes', knows: [] },
  { name: 'http', holds: 'requests: proxies, time-outs, bodies with a limit', knows: ['diagnostics'] },
  {
    name: 'document',
    holds: 'a template as data: values, intrinsic functions, scalars, parameter values',
    knows: ['diagnostics'],
  },
  {
    name: 'document/read/forms',
    holds: 'what bare scalars and short forms mean, and lines and columns',
    knows: ['diagnostics', 'document'],
  },
  {
    name: 'document/read/block',
    holds: 'the style that templates are written in, read without a library',
    knows: ['diagnostics', 'document', 'document/read/forms'],
  },
  {
    name: 'document/read',
    holds: 'a template from YAML or JSON text, with the place of each value',
    knows: ['diagnostics', 'document', 'document/read/forms', 'document/read/block'],
  },
  {
    name: 'aws',
    holds: 'the resource model: handles, intrinsics, conditions, the template; regions, partitions, patterns of names',
    knows: [],
  },
  { name: 'aws/generated', holds: 'a typed class for each resource type, from its schema', knows: ['aws'] },
  {
    name: 'cloud',
    holds:
      'the AWS SDK: clients, endpoint, region, one table of errors and one of words; requests again and side by side',
    knows: ['diagnostics', 'http', 'aws'],
  },
  {
    name: 'config',
    holds: 'podlaunch.yaml: schema, loader, defaults, cross checks',
    knows: ['diagnostics', 'document', 'aws'],
  },
  {
    name: 'assets',
    holds: 'what travels with the templates: list, hashes, checks',
    knows: ['diagnostics', 'files'],
  },
  { name: 'password', holds: "the form of a password in SSSD's settings", knows: ['diagnostics'] },
  {
    name: 'certificate/x509',
    holds: 'certificates of a CA and its servers in DER, on node:crypto alone',
    knows: [],
  },
  {
    name: 'functions/lib',
    holds: 'what every Lambda function needs: its declaration, answers, deadline, retries',
    knows: [],
  },
  {
    name: 'functions/NAME',
    holds: 'a Lambda function: what it is (`function.ts`) and what it does (`handler.ts`)',
    knows: ['certificate/x509', 'functions/lib'],
  },
  {
    name: 'functions',
    holds: 'the list of the Lambda functions; the build makes text for a template of each',
    knows: ['functions/lib', 'functions/NAME'],
  },
  {
    name: 'parts/base',
    holds: 'what a part is: choices, needs, gives; the names that parts know each other by, and their types',
    knows: ['aws', 'aws/generated'],
  },
  {
    name: 'parts/function',
    holds: 'all that a declared Lambda function is in a template',
    knows: ['aws', 'aws/generated', 'functions/lib'],
  },
  {
    name: 'parts/scripts',
    holds: 'parts: the release, the bucket of the scripts and what copies them',
    knows: ['aws', 'aws/generated', 'functions/lib', 'functions/NAME', 'functions', 'parts/base', 'parts/function'],
  },
  {
    name: 'parts/network',
    holds: 'parts: VPC, subnets and their zones, the security group of the nodes',
    knows: ['aws', 'aws/generated', 'parts/base'],
  },
  {
    name: 'parts/storage',
    holds: 'parts: the file system, and where nodes mount it',
    knows: ['aws', 'aws/generated', 'parts/base'],
  },
  {
    name: 'parts/directory',
    holds: 'parts: the directory or one that exists, its secrets, LDAPS to it',
    knows: ['aws', 'aws/generated', 'parts/base', 'parts/network'],
  },
  {
    name: 'parts/alarms',
    holds: 'parts: the topic, and what it is told of',
    knows: ['aws', 'aws/generated', 'parts/base'],
  },
  {
    name: 'parts/ldaps',
    holds: "parts: the load balancer's certificate, made in the stack or given, and its targets",
    knows: [
      'aws',
      'aws/generated',
      'functions/NAME',
      'functions',
      'parts/base',
      'parts/function',
      'parts/alarms',
      'parts/directory',
    ],
  },
  {
    name: 'parts/cluster',
    holds: 'parts: the role and settings of the nodes, instance groups, the cluster, ssh to it',
    knows: ['aws', 'aws/generated', 'functions/lib', 'parts/base', 'parts/network', 'parts/directory'],
  },
  {
    name: 'parts/launch',
    holds: 'parts of a stack of everything: the first person, preflight, what is refused first, what removes the rest',
    knows: [
      'aws',
      'aws/generated',
      'functions/NAME',
      'functions',
      'parts/base',
      'parts/network',
      'parts/function',
      'parts/alarms',
    ],
  },
  {
    name: 'parts/access',
    holds: 'parts: a bastion, a Windows host, the policy of researchers',
    knows: ['aws', 'aws/generated', 'parts/base', 'parts/network', 'parts/cluster'],
  },
  {
    name: 'stacks',
    holds: 'a registry of stacks, each a list of parts, and what makes a template of such a list',
    knows: [
      'aws',
      'config',
      'parts/base',
      'parts/scripts',
      'parts/network',
      'parts/storage',
      'parts/directory',
      'parts/alarms',
      'parts/ldaps',
      'parts/cluster',
      'parts/launch',
      'parts/access',
    ],
  },
  {
    name: 'compile',
    holds: "a template's body to YAML, and from a path back to its place in the text and in the TypeScript",
    knows: ['diagnostics', 'files', 'document', 'aws', 'config', 'assets', 'stacks'],
  },
  {
    name: 'validate/model',
    holds: 'a template looked through once for all rules; which conditions apply where',
    knows: ['diagnostics', 'document'],
  },
  {
    name: 'validate/schema',
    holds: "properties against their type's schema",
    knows: ['diagnostics', 'document', 'validate/model'],
  },
  {
    name: 'validate/rules/base',
    holds: 'what an entry of the table of rules is, and the helpers that look through a template',
    knows: ['diagnostics', 'document', 'validate/model'],
  },
  {
    name: 'validate/rules/language',
    holds: 'rules of the sections of a template, and of conditions',
    knows: ['diagnostics', 'document', 'validate/model', 'validate/schema', 'validate/rules/base'],
  },
  {
    name: 'validate/rules/functions',
    holds: 'rules of intrinsic functions',
    knows: [
      'diagnostics',
      'document',
      'validate/model',
      'validate/schema',
      'validate/rules/base',
      'validate/rules/language',
    ],
  },
  {
    name: 'validate/rules/properties',
    holds: 'what the walk through a schema finds: entries without checks of their own',
    knows: ['document', 'validate/schema', 'validate/rules/base'],
  },
  {
    name: 'validate/rules/services',
    holds: 'rules of what services accept',
    knows: ['diagnostics', 'document', 'aws', 'validate/model', 'validate/schema', 'validate/rules/base'],
  },
  {
    name: 'validate/rules',
    holds: 'the table of all rules',
    knows: [
      'diagnostics',
      'validate/model',
      'validate/rules/base',
      'validate/rules/language',
      'validate/rules/functions',
      'validate/rules/properties',
      'validate/rules/services',
    ],
  },
  {
    name: 'validate/engines',
    holds: 'other tools that are asked: cfn-lint, ValidateTemplate',
    knows: ['diagnostics', 'document', 'cloud', 'validate/model', 'validate/schema'],
  },
  {
    name: 'validate',
    holds: 'a document to its findings; which of them are reported, and a file of those that are accepted',
    knows: [
      'diagnostics',
      'files',
      'document',
      'validate/model',
      'validate/schema',
      'validate/rules/base',
      'validate/rules',
      'validate/engines',
    ],
  },
  {
    name: 'release',
    holds: 'what is published and where: files, manifest, version, layout, target',
    knows: ['diagnostics', 'files', 'aws', 'assets', 'stacks'],
  },
  {
    name: 'publish/stores',
    holds: 'where objects are put: S3 and folders',
    knows: ['diagnostics', 'files', 'http', 'cloud', 'release'],
  },
  {
    name: 'publish/audience',
    holds: 'who may read a release, and whether the bucket lets them',
    knows: ['diagnostics', 'http', 'aws', 'cloud', 'release', 'publish/stores'],
  },
  {
    name: 'publish/releases',
    holds: 'the history of a place: what was published, withdrawn, and where channels have pointed',
    knows: ['diagnostics', 'files', 'release', 'publish/stores', 'publish/audience'],
  },
  {
    name: 'publish',
    holds: 'plan, upload, read back, move the channel',
    knows: ['diagnostics', 'files', 'release', 'cloud', 'publish/stores', 'publish/audience', 'publish/releases'],
  },
  {
    name: 'launch/lines',
    holds: 'what the program and the launch page share: links, lines for terminals, fields, what a page reads',
    knows: ['release'],
  },
  {
    name: 'launch',
    holds: 'quick-create links and lines for the AWS CLI',
    knows: ['diagnostics', 'document', 'aws', 'compile', 'release', 'stacks', 'launch/lines'],
  },
  {
    name: 'launch/prices',
    holds: "a price file of AWS's price lists, and what a launch costs by it",
    knows: ['diagnostics', 'release'],
  },
  {
    name: 'launch/page/browser',
    holds: 'the script of the launch page; the build makes text of it',
    knows: ['release', 'launch/lines'],
  },
  {
    name: 'launch/page',
    holds: 'the launch page of a release: a folder of HTML, style, script and logo',
    knows: ['diagnostics', 'files', 'document', 'release', 'launch/lines', 'launch'],
  },
  {
    name: 'launch/page-host',
    holds: 'the template of what serves a launch page',
    knows: ['aws', 'aws/generated', 'compile', 'launch/page'],
  },
  {
    name: 'diff',
    holds: 'what an update from one template or release to another changes and replaces; the template of a stack',
    knows: ['diagnostics', 'document', 'document/read', 'validate/model', 'validate/schema', 'cloud'],
  },
  {
    name: 'verify',
    holds: "hashes of a release, a link or a launcher's bucket compared",
    knows: [
      'diagnostics',
      'files',
      'aws',
      'functions/lib',
      'stacks',
      'release',
      'cloud',
      'publish/stores',
      'publish/audience',
      'publish/releases',
      'publish',
      'launch',
    ],
  },
  {
    name: 'certificate',
    holds: 'an authority, a server certificate, and its import into ACM',
    knows: ['diagnostics', 'files', 'aws', 'certificate/x509', 'cloud'],
  },
  {
    name: 'ssh',
    holds: "entries for a person's ~/.ssh/config, of a stack and its cluster",
    knows: ['diagnostics', 'cloud'],
  },
  {
    name: 'preflight',
    holds: "what in the caller's account would have a launch refused: the launchpad's own checks",
    knows: ['diagnostics', 'cloud', 'config', 'functions/NAME', 'parts/cluster'],
  },
  {
    name: 'people',
    holds: "who is to be in the directory, read and checked, and the way to the stack's function that makes them",
    knows: ['diagnostics', 'config', 'cloud', 'functions/lib', 'functions/NAME'],
  },
  {
    name: 'deploy',
    holds:
      'a stack made or updated and watched to its end: values, change set, events, first causes; what is remembered, and how it is shown',
    knows: ['diagnostics', 'files', 'document', 'cloud', 'launch', 'functions/NAME'],
  },
  {
    name: 'pipelines',
    holds: 'one function a command (prepare, publish, release, links): the only code that strings stages together',
    knows: [
      'diagnostics',
      'document',
      'document/read',
      'config',
      'assets',
      'stacks',
      'compile',
      'validate',
      'release',
      'cloud',
      'publish/audience',
      'publish/releases',
      'publish',
      'launch',
      'launch/page',
      'launch/prices',
      'diff',
      'preflight',
      'deploy',
      'files',
      'functions/lib',
      'publish/stores',
    ],
  },
  { name: 'cli', holds: 'one small file a command: parse, call, render', knows: ['everything, lazily'] },
];
