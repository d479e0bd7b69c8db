// What `podlaunch deploy` adds to CloudFormation's own time: a small server plays CloudFormation, and takes as long for a stack
// as it is told (seconds, as arguments; default: 60 and 300). The time from the start of the process to its end, less the
// stack's, is what deploy adds: Node's start, compiling, the change set, and the looks at the end.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const CLI = resolve(import.meta.dirname, '../lib/cli.cjs');
const STACK = 'arn:aws:cloudformation:us-west-2:123456789012:stack/podlaunch-prerequisites/1';
const SET = 'arn:aws:cloudformation:us-west-2:123456789012:changeSet/podlaunch/1';

/** @param {number} seconds that the stack takes */
async function measure(seconds) {
  /** @type {number | undefined} */
  let begun;
  let reviewed = false;
  const ended = () => begun !== undefined && Date.now() - begun >= seconds * 1000;
  const status = () =>
    begun === undefined ? 'REVIEW_IN_PROGRESS' : ended() ? 'CREATE_COMPLETE' : 'CREATE_IN_PROGRESS';
  /** @param {string} id @param {string} what @param {number} at */
  const event = (id, what, at) =>
    `<member><StackId>${STACK}</StackId><EventId>${id}</EventId><StackName>podlaunch-prerequisites</StackName><LogicalResourceId>podlaunch-prerequisites</LogicalResourceId><PhysicalResourceId>${STACK}</PhysicalResourceId><ResourceType>AWS::CloudFormation::Stack</ResourceType><Timestamp>${new Date(at).toISOString()}</Timestamp><ResourceStatus>${what}</ResourceStatus></member>`;
  /** @type {Record<string, () => string | undefined>} */
  const answers = {
    DescribeStacks: () =>
      reviewed
        ? `<Stacks><member><StackId>${STACK}</StackId><StackName>podlaunch-prerequisites</StackName><CreationTime>${new Date().toISOString()}</CreationTime><StackStatus>${status()}</StackStatus></member></Stacks>`
        : undefined,
    CreateChangeSet() {
      reviewed = true;
      return `<Id>${SET}</Id><StackId>${STACK}</StackId>`;
    },
    DescribeChangeSet: () =>
      `<ChangeSetId>${SET}</ChangeSetId><StackId>${STACK}</StackId><Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes></Changes>`,
    ExecuteChangeSet() {
      begun = Date.now();
      return '';
    },
    DescribeStackEvents: () =>
      `<StackEvents>${ended() ? event('3', 'CREATE_COMPLETE', /** @type {number} */ (begun) + seconds * 1000) : ''}${begun === undefined ? '' : event('2', 'CREATE_IN_PROGRESS', begun)}${event('1', 'REVIEW_IN_PROGRESS', 0)}</StackEvents>`,
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const action = new URLSearchParams(body).get('Action') ?? '';
    const answer = answers[action]?.();
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(
      answer === undefined
        ? `<ErrorResponse><Error><Code>ValidationError</Code><Message>${action}: it does not exist</Message></Error></ErrorResponse>`
        : `<${action}Response><${action}Result>${answer}</${action}Result></${action}Response>`,
    );
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const cwd = mkdtempSync(join(tmpdir(), 'podlaunch-bench-'));
  const start = Date.now();
  const argv = ['deploy', 'prerequisites', '--yes', '--json', '--no-preflight', '--region', 'us-west-2'];
  const child = spawn(process.execPath, [CLI, ...argv, '--endpoint-url', `http://127.0.0.1:${port}`], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
  });
  const code = await new Promise((done) => child.on('exit', done));
  const took = (Date.now() - start) / 1000;
  server.close();
  rmSync(cwd, { recursive: true });
  if (code !== 0) throw new Error(`deploy ended with ${code}`);
  const added = took - seconds;
  console.log(
    `a stack of ${seconds} s: ${took.toFixed(1)} s, so ${added.toFixed(1)} s or ${((added / seconds) * 100).toFixed(1)} % more`,
  );
}

const given = process.argv.slice(2).map(Number);
for (const seconds of given.length > 0 ? given : [60, 300]) await measure(seconds);
