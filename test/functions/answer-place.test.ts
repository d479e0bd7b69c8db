import { describe, expect, test } from 'vitest';
import { isAnswerPlace } from '../../src/functions/lib/answer-place.ts';

const at = (url: string, region = 'us-west-2') => isAnswerPlace(url, { AWS_REGION: region });
const PATH = 'arn%3Aaws%3Acloudformation?X-Amz-Signature=0123';

describe('where CloudFormation waits', () => {
  test.each([
    ['us-east-1', 'cloudformation-custom-resource-response-useast1.s3.amazonaws.com'],
    ['us-west-2', 'cloudformation-custom-resource-response-uswest2.s3-us-west-2.amazonaws.com'],
    ['eu-central-2', 'cloudformation-custom-resource-response-eu-central-2.s3.eu-central-2.amazonaws.com'],
    ['us-gov-west-1', 'cloudformation-custom-resource-response-usgovwest1.s3-us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn'],
    ['eusc-de-east-1', 'cloudformation-custom-resource-response-eusc-de-east-1.s3.eusc-de-east-1.amazonaws.eu'],
  ])('%s', (region, host) => {
    expect(at(`https://${host}/${PATH}`, region)).toBe(true);
  });

  test('cannot be a place that others own', () => {
    const good = 'bucket.s3.us-west-2.amazonaws.com';
    expect(at(`https://${good}/${PATH}`)).toBe(true);
    for (const url of [
      `http://${good}/`,
      `https://${good}.example.com/`,
      'https://example.com/bucket.s3.amazonaws.com',
      `https://example.com#${good}`,
      `https://${good}@example.com/`,
      `https://user@${good}/`,
      'https://s3.amazonaws.com.example.com/',
      'https://evils3.us-west-2.amazonaws.com/',
      'https://abc.execute-api.us-west-2.amazonaws.com/',
      'https://lb-1.us-west-2.elb.amazonaws.com/',
      'https://s3.abc.us-west-2.elb.amazonaws.com/',
      'https://169.254.170.2/',
      'file:///etc/passwd',
      'nothing',
      '',
    ])
      expect([url, at(url)]).toEqual([url, false]);
    expect(at('https://bucket.s3.amazonaws.com.cn/')).toBe(false);
    expect(at('https://bucket.s3.amazonaws.com/', 'cn-north-1')).toBe(false);
  });

  test('is the S3 that the environment names, where it names one', () => {
    const place = (url: string, env: NodeJS.ProcessEnv) => isAnswerPlace(url, env);
    expect(place('http://127.0.0.1:4566/a', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })).toBe(true);
    expect(place('http://10.0.0.1/a', { AWS_ENDPOINT_URL_S3: 'http://10.0.0.1', AWS_ENDPOINT_URL: 'http://b' })).toBe(
      true,
    );
    expect(place('http://127.0.0.2:4566/a', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })).toBe(false);
    expect(place('https://bucket.s3.amazonaws.com/', { AWS_ENDPOINT_URL: '' })).toBe(true);
  });
});
