import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awsEnvironment } from '../support/aws-cli.ts';
import { type Ministack, startMinistack } from '../support/ministack.ts';
import { hasPython } from '../support/python-tools.ts';
import { type GithubApi, startGithubApi } from './github-api.ts';
import { type ActionRun, runAction, TOKEN } from './run-action.ts';

let workspace: string;
let github: GithubApi;
beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'podlaunch-action-'));
  github = await startGithubApi();
});
afterEach(async () => {
  await github.stop();
  rmSync(workspace, { recursive: true });
});

function configure(text: string, file = 'podlaunch.yaml'): void {
  writeFileSync(join(workspace, file), text);
}

const onPullRequest = (inputs: ActionRun['inputs'] = {}) =>
  runAction({ workspace, inputs, event: 'pull_request', number: 7, apiUrl: github.url });
const onPush = (inputs: Readonly<Record<string, string>>, env = {}) =>
  runAction({ workspace, inputs, event: 'push', env });

const FOLDER = 'publish:\n  to: ./releases\n';

describe('a pull request', () => {
  test('before the first release: the comment says that there is nothing to compare with', async () => {
    configure(FOLDER);
    const { ok, log } = await onPullRequest();
    expect(ok, log).toBe(true);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('Nothing is published yet')]);
  });

  test('after a push has published: one comment with what changes, renewed by the next run', async () => {
    configure(FOLDER);
    const published = await onPush({ publish: 'true' });
    expect(published.ok, published.log).toBe(true);
    github.comments.push({ id: 1, body: 'I like this.', user: { type: 'User' } });
    configure(`${FOLDER}project:\n  name: physics\n`);
    const changed = await onPullRequest({ publish: 'true' });
    expect(changed.ok, changed.log).toBe(true);
    expect(changed.log).toContain('::notice title=podlaunch::A pull request publishes nothing.');
    expect(changed.outputs['version']).toBe('');
    expect(changed.summary).toContain(`## From \`release ${published.outputs['version']}\` to \`the configuration\``);
    expect(github.comments[1]!.body).toContain('"physics"');
    configure(FOLDER);
    expect((await onPullRequest()).ok).toBe(true);
    expect(github.comments.map(({ body }) => body)).toEqual([
      'I like this.',
      expect.stringContaining('Nothing differs.'),
    ]);
  });

  test("a stranger's comment with the mark is left as it is, also behind a hundred others", async () => {
    configure(FOLDER);
    await onPullRequest();
    const [mine] = github.comments.splice(0);
    const comment = (id: number, body: string) => ({ id, body, user: { type: 'User' as const } });
    github.comments.push(comment(1, mine!.body));
    for (let id = 2; id <= 100; id++) github.comments.push(comment(id, 'Hm.'));
    github.comments.push({ id: 101, body: mine!.body, user: { type: 'Bot' } });
    const strangers = structuredClone(github.comments.slice(0, 100));
    expect((await onPullRequest()).ok).toBe(true);
    expect(github.comments).toHaveLength(101);
    expect(github.comments.slice(0, 100)).toEqual(strangers);
  });

  test('a comparison that is longer than a comment is cut at a line', async () => {
    configure(FOLDER);
    const topics = Array.from({ length: 1500 }, (_, at) => [`Topic${at}`, { Type: 'AWS::SNS::Topic' }]);
    mkdirSync(join(workspace, 'before'));
    writeFileSync(join(workspace, 'before/launchpad.yaml'), JSON.stringify({ Resources: Object.fromEntries(topics) }));
    const { ok, summary, log } = await onPullRequest({ 'compare-with': './before' });
    expect(ok, log).toBe(true);
    expect(summary.length).toBeGreaterThan(65_536);
    expect(github.comments[0]!.body).toMatch(
      /\n\nThis is longer than a comment can be: the rest is in the summary of the run.\n$/,
    );
  });

  test('from a fork, whose token may only read, the run is green and says where the comparison is', async () => {
    configure(FOLDER);
    github.readOnly = true;
    const { ok, log, summary } = await onPullRequest();
    expect(ok, log).toBe(true);
    expect(log).toContain('::notice title=podlaunch::The token may not comment.');
    expect(summary).toContain('Nothing is published yet');
    expect(github.comments).toEqual([]);
  });

  test('no comment and no comparison where they are not wanted', async () => {
    configure(FOLDER);
    expect((await onPullRequest({ comment: 'false' })).summary).not.toBe('');
    expect((await onPullRequest({ 'compare-with': '' })).summary).toBe('');
    expect(github.comments).toEqual([]);
  });

  test('pull_request_target is refused before anything runs', async () => {
    configure(FOLDER);
    const { steps, ok, log } = await runAction({
      workspace,
      event: 'pull_request_target',
      number: 7,
      apiUrl: github.url,
    });
    expect([steps, ok]).toEqual([['Build podlaunch'], false]);
    expect(log).toMatch(/^::error title=podlaunch::This action does not run on pull_request_target/);
  });
});

test('a fault of the configuration ends the run, with an annotation at its line', async () => {
  configure(`${FOLDER}cluster:\n  workers:\n    - name: gpu\n      type: m5\n`);
  const { steps, ok, log } = await onPullRequest();
  expect([steps.at(-1), ok]).toEqual(['Check the configuration', false]);
  expect(log).toMatch(/^::error file=podlaunch\.yaml,line=6,/m);
  expect(github.comments).toEqual([]);
});

test.each([
  '$(touch owned)',
  '`touch owned`',
  '"; touch owned; "',
  "'; touch owned; '",
  '--help',
  'x\nversion=owned',
  '${{ github.token }}',
])('a hostile input is text, whichever it is: %j', async (hostile) => {
  configure(FOLDER);
  const inputs = { config: hostile, 'fail-on': hostile, 'compare-with': hostile, channel: hostile, comment: hostile };
  for (const publish of ['true', hostile]) {
    // Each step gets it, also after one that has refused it.
    const run = { workspace, inputs: { ...inputs, publish }, number: 7, apiUrl: github.url, onAfterFaults: true };
    const { log, summary, outputs } = await runAction({ ...run, event: 'push' });
    expect(existsSync(join(workspace, 'owned'))).toBe(false);
    expect(outputs['version']).toBe('');
    expect(log + summary + JSON.stringify(outputs)).not.toContain(TOKEN);
  }
});

describe.skipIf(!hasPython())('a push, to S3', () => {
  let cloud: Ministack;
  beforeAll(async () => {
    cloud = await startMinistack();
  });
  afterAll(() => cloud?.stop());

  test('publishes, and hands on version, hash and links', async () => {
    const env = awsEnvironment(cloud.aws) as Record<string, string>;
    const to = 's3://action-releases/podlaunch';
    const create = ['bucket', 'create', '--to', to, '--region', 'us-west-2', '--endpoint-url', cloud.url];
    execFileSync(process.execPath, ['lib/cli.cjs', ...create], { env, stdio: 'pipe' });
    configure(`publish:\n  to: ${to}\n  region: us-west-2\n  endpointUrl: ${cloud.url}\n`);
    const { ok, log, outputs, summary } = await onPush({ publish: 'true', 'compare-with': '', channel: 'stable' }, env);
    expect(ok, log).toBe(true);
    expect(outputs['manifest-sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(outputs['links']!)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ stack: 'launchpad', url: expect.stringContaining(outputs['version']!) }),
      ]),
    );
    expect(summary).toContain(`Published \`${outputs['version']}\` to the channel \`stable\`.`);
  });
});
