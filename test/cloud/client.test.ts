import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ClientPlace, type ClientSettings, openClient } from '../../src/cloud/client.ts';
import { chooseEndpoint } from '../../src/cloud/endpoint.ts';

afterEach(() => vi.unstubAllEnvs());

async function settingsOf(place: ClientPlace): Promise<ClientSettings> {
  const { client } = await openClient(
    place,
    async () => ({}),
    (_, settings) => settings,
  );
  return client;
}

test('a client gives up a silent connection, and has no agent where no proxy is named', async () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'])
    vi.stubEnv(name, undefined);
  expect(await settingsOf({ service: 'ACM', region: 'us-west-2' })).toEqual({
    region: 'us-west-2',
    requestHandler: { connectionTimeout: 5000, socketTimeout: 10_000 },
  });
});

test("the proxy is chosen by the URL that is asked: of the place, else of the endpoint, else AWS's", async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
  vi.stubEnv('no_proxy', 'bucket.s3.us-west-2.amazonaws.com,.amazonaws.com.cn,internal.example');
  const goesThrough = async (place: ClientPlace) => 'httpsAgent' in (await settingsOf(place)).requestHandler;
  const s3 = { service: 'S3', region: 'us-west-2' } as const;
  expect(await goesThrough(s3)).toBe(true);
  expect(await goesThrough({ ...s3, url: 'https://bucket.s3.us-west-2.amazonaws.com/' })).toBe(false);
  expect(await goesThrough({ ...s3, endpointUrl: 'https://internal.example' })).toBe(false);
  expect(await goesThrough({ ...s3, region: 'cn-north-1' })).toBe(false);
  vi.stubEnv('no_proxy', 'api.sagemaker.us-west-2.amazonaws.com');
  expect(await goesThrough({ ...s3, service: 'SageMaker' })).toBe(false);
});

describe('the endpoint', () => {
  test.each([
    ['the one given', 'http://given', { AWS_ENDPOINT_URL_S3: 'http://s3' }, 'http://given'],
    ["the service's", undefined, { AWS_ENDPOINT_URL_S3: 'http://s3', AWS_ENDPOINT_URL: 'http://all' }, 'http://s3'],
    ["that of all, where the service's is empty", undefined, { AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL: 'x' }, 'x'],
    ["AWS's, where the variables are empty", undefined, { AWS_ENDPOINT_URL: '' }, undefined],
  ])('%s', (_, given, env, endpoint) => {
    expect(chooseEndpoint('S3', given, env)).toBe(endpoint);
  });
});

test('every client of the AWS SDK is made by openClient', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const makes = files.filter((file) => {
    const text = readFileSync(join('src', file), 'utf8');
    return /import\('@aws-sdk\/client-/.test(text) && !/openClient\(/.test(text) && !/typeof import\(/.test(text);
  });
  expect(makes).toEqual([]);
  const named = files.filter((file) =>
    readFileSync(join('src', file), 'utf8').includes('NODE_VERSION_SUPPORT_WARNING'),
  );
  expect(named).toEqual(['cloud/client.ts']);
});
