import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOKEN } from './run-action.ts';

/** A comment on a pull request, as GitHub's API tells of it. */
export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: 'Bot' | 'User' };
}

/** The part of GitHub's REST API that the action uses: comments of one pull request. */
export interface GithubApi {
  readonly url: string;
  readonly comments: Comment[];
  /** Whether the token may only read, as that of a pull request from a fork. */
  readOnly: boolean;
  stop(): Promise<void>;
}

const COMMENTS = '/repos/physics/cluster/issues/7/comments';

/**
 * Starts it on a free port of 127.0.0.1. Paths, pages and codes are GitHub's:
 * https://docs.github.com/en/rest/issues/comments
 */
export async function startGithubApi(): Promise<GithubApi> {
  const comments: Comment[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://127.0.0.1');
    const answer = (code: number, value: unknown) => response.writeHead(code).end(JSON.stringify(value));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = chunks.length === 0 ? '' : (JSON.parse(Buffer.concat(chunks).toString()) as { body: string }).body;
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(401, { message: 'Bad credentials' });
    if (request.method === 'GET' && pathname === COMMENTS) {
      const [size, page] = [Number(searchParams.get('per_page')), Number(searchParams.get('page'))];
      return answer(200, comments.slice(size * (page - 1), size * page));
    }
    if (api.readOnly) return answer(403, { message: 'Resource not accessible by integration' });
    if (text.length > 65_536) return answer(422, { message: 'Body is too long (maximum is 65536 characters)' });
    if (request.method === 'POST' && pathname === COMMENTS) {
      comments.push({ id: comments.length + 1, body: text, user: { type: 'Bot' } });
      return answer(201, comments.at(-1));
    }
    const one = comments.find(({ id }) => pathname === `/repos/physics/cluster/issues/comments/${id}`);
    if (request.method !== 'PATCH' || one === undefined) return answer(404, { message: 'Not Found' });
    one.body = text;
    return answer(200, one);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise<void>((done) => server.close(() => done()));
  const api: GithubApi = { url, comments, readOnly: false, stop };
  return api;
}
