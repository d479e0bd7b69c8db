import { expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { chooseTarget } from '../../src/pipelines/choose-target.ts';

/** A home without AWS settings. */
const home = '/nowhere';

test('the place: of the options, of podlaunch.yaml, the folder out', () => {
  const io = { env: { HOME: home }, cwd: '/somewhere' };
  expect(chooseTarget(DEFAULTS, {}, io)).toEqual({ kind: 'folder', folder: '/somewhere/out' });
  const publish = {
    ...DEFAULTS.publish,
    to: 's3://my-bucket/x',
    region: 'eu-west-1',
    endpointUrl: 'http://127.0.0.1:1',
  };
  const s3 = { kind: 's3', bucket: 'my-bucket', prefix: 'x/', region: 'eu-west-1', endpointUrl: 'http://127.0.0.1:1' };
  expect(chooseTarget({ publish }, {}, io)).toEqual(s3);
  expect(chooseTarget({ publish }, { to: './there', region: 'eu-west-2' }, io)).toEqual({
    kind: 'folder',
    folder: '/somewhere/there',
  });
  expect(chooseTarget({ publish }, { region: 'eu-west-2', endpointUrl: 'http://x' }, io)).toEqual({
    ...s3,
    region: 'eu-west-2',
    endpointUrl: 'http://x',
  });
});

test('an endpoint of the environment counts as it does for the AWS CLI', () => {
  const target = (env: Record<string, string>) =>
    chooseTarget(DEFAULTS, { to: 's3://my-bucket' }, { env: { HOME: home, ...env }, cwd: '/' });
  expect(target({ AWS_ENDPOINT_URL: 'http://a' })).toMatchObject({ endpointUrl: 'http://a' });
  expect(target({ AWS_ENDPOINT_URL: 'http://a', AWS_ENDPOINT_URL_S3: 'http://b' })).toMatchObject({
    endpointUrl: 'http://b',
  });
  expect(target({ AWS_ENDPOINT_URL: '' })).not.toHaveProperty('endpointUrl');
});
