import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quickCreateUrl } from '../../src/launch/quick-create-url.ts';
import { codesOf } from '../support/refused.ts';

const templateUrl = 'https://my-bucket.s3.us-west-2.amazonaws.com/podlaunch/releases/1.0/templates/cluster.yaml';

test('the exact form', () => {
  const url = quickCreateUrl({
    region: 'eu-west-1',
    templateUrl,
    stackName: 'podlaunch-cluster',
    parameters: { ClusterName: "a b&c='d'" },
  });
  expect(url).toBe(
    'https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks/create/review' +
      '?templateURL=https%3A%2F%2Fmy-bucket.s3.us-west-2.amazonaws.com%2Fpodlaunch%2Freleases%2F1.0%2Ftemplates%2Fcluster.yaml' +
      '&stackName=podlaunch-cluster&param_ClusterName=a%20b%26c%3D%27d%27',
  );
});

test.each([
  ['us-gov-west-1', 'console.amazonaws-us-gov.com'],
  ['cn-northwest-1', 'console.amazonaws.cn'],
  ['eusc-de-east-1', 'console.amazonaws-eusc.eu'],
  ['ap-southeast-3', 'ap-southeast-3.console.aws.amazon.com'],
])('the console of %s is at %s', (region, host) => {
  expect(new URL(quickCreateUrl({ region, templateUrl, stackName: 's', parameters: {} })).host).toBe(host);
});

test('whatever goes in comes out of the URL again, and nothing of it ends a Markdown link or an HTML attribute', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9]{1,255}$/);
  const parameters = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 60 }), { maxKeys: 5 });
  const stackName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
  fc.assert(
    fc.property(parameters, stackName, (given, stack) => {
      const url = quickCreateUrl({ region: 'us-east-1', templateUrl, stackName: stack, parameters: given });
      expect(url).toMatch(/^[^\s"'<>()[\]\\|]+$/);
      const parsed = new URL(url);
      expect(parsed.searchParams.get('region')).toBe('us-east-1');
      const [route, query] = parsed.hash.split('?');
      expect(route).toBe('#/stacks/create/review');
      const entries = [...new URLSearchParams(query)];
      const filledIn = Object.entries(given).map(([key, value]) => [`param_${key}`, value]);
      expect(entries).toEqual([['templateURL', templateUrl], ['stackName', stack], ...filledIn]);
    }),
  );
});

test.each(['', '1a', 'a_b', 'a b', 'ä', 'a'.repeat(129)])('%j cannot be the name of a stack', (stackName) => {
  expect(codesOf(() => quickCreateUrl({ region: 'us-east-1', templateUrl, stackName, parameters: {} }))).toEqual([
    'PL5007',
  ]);
});

test('1,024 characters of template URL are allowed, one more is not', () => {
  const make = (length: number) => () =>
    quickCreateUrl({ region: 'us-east-1', templateUrl: 'x'.repeat(length), stackName: 's', parameters: {} });
  expect(make(1024)()).toContain('templateURL=x');
  expect(codesOf(make(1025))).toEqual(['PL5008']);
});
