// Writes the comparison into one comment of the pull request; a later run renews that comment. Elsewhere it does nothing.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { env } = process;
const CHANGES = join(env['RUNNER_TEMP'] ?? '', 'podlaunch-changes.md');
/** GitHub takes a comment of at most 65,536 characters. */
const LONGEST = 65_000;
/** One comment for each configuration. The hash keeps whatever is in its name out of the comment's HTML. */
const MARK = `<!-- podlaunch ${createHash('sha256')
  .update(env['CONFIG'] ?? '')
  .digest('hex')
  .slice(0, 16)} -->`;

if (env['GITHUB_EVENT_NAME'] === 'pull_request' && env['COMMENT'] === 'true' && existsSync(CHANGES)) await comment();

async function comment() {
  const { pull_request: pullRequest } = JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
  const comments = `/repos/${env['GITHUB_REPOSITORY']}/issues/${Number(pullRequest.number)}/comments`;
  const before = await own(comments);
  const body = `${MARK}\n${shortened(readFileSync(CHANGES, 'utf8'))}`;
  const { status } =
    before === undefined
      ? await ask('POST', comments, body)
      : await ask('PATCH', `/repos/${env['GITHUB_REPOSITORY']}/issues/comments/${before}`, body);
  if (status < 300) return;
  if (status === 403 || status === 404) {
    // The token of a pull request from a fork may only read.
    console.log('::notice title=podlaunch::The token may not comment. The comparison is in the summary of this run.');
    return;
  }
  console.log(`::error title=podlaunch::GitHub did not take the comment: it answered ${status}.`);
  process.exitCode = 1;
}

/** The id of the comment that an earlier run wrote. Anybody can write the mark, but only a workflow's token is a bot. @param {string} comments */
async function own(comments) {
  for (let page = 1; ; page++) {
    const answer = await ask('GET', `${comments}?per_page=100&page=${page}`);
    const list = answer.status === 200 ? /** @type {any[]} */ (await answer.json()) : [];
    const found = list.find(({ user, body }) => user?.type === 'Bot' && body?.startsWith(MARK));
    if (found !== undefined) return Number(found.id);
    if (list.length < 100) return undefined;
  }
}

/** @param {string} method @param {string} path @param {string} [body] text of a comment */
function ask(method, path, body) {
  return fetch(`${env['GITHUB_API_URL']}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${env['TOKEN']}`,
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    },
    signal: AbortSignal.timeout(30_000),
    ...(body !== undefined && { body: JSON.stringify({ body }) }),
  });
}

/** Whole lines of the text that fit into a comment. @param {string} text */
function shortened(text) {
  if (text.length <= LONGEST) return text;
  const kept = text.slice(0, text.lastIndexOf('\n', LONGEST));
  return `${kept}\n\nThis is longer than a comment can be: the rest is in the summary of the run.\n`;
}
