import { MAX_BODY, MAX_INLINE_BODY } from '../../../document/body-size.ts';
import { beside, many, resource, value } from '../base/examples.ts';
import { tooLong } from '../base/limits.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const LIMITS = guide('cloudformation-limits');
const GATEWAY = resource('AWS::EC2::InternetGateway');
const large = (bytes: number): string => `${GATEWAY.replace('Resources:', 'Resources: # <-')}# ${'x'.repeat(bytes)}\n`;
const MAX_DESCRIPTION = 1024;
const MAX_DYNAMIC_REFERENCES = 60;

/** How large a template may be. */
export const SIZE_RULES: readonly Rule[] = [
  {
    code: 'E1002',
    name: 'template-size',
    message: 'The template is larger than CloudFormation takes.',
    why: 'A template may have 1 MB, from S3.',
    fix: 'Divide it into several stacks.',
    url: LIMITS,
    bad: [large(1_000_000)],
    good: [GATEWAY],
    *check({ document }) {
      const size = Buffer.byteLength(document.text);
      if (size > MAX_BODY) yield { message: `The template has ${size} bytes, more than ${MAX_BODY}.`, path: [] };
    },
  },
  {
    code: 'PL3020',
    name: 'template-size-without-bucket',
    severity: 'info',
    message: 'The template is too large to be sent without a bucket.',
    why: 'Above 51,200 bytes CloudFormation takes a template from S3 only.',
    fix: 'Publish it, or give aws cloudformation deploy a bucket with --s3-bucket.',
    url: LIMITS,
    bad: [large(52_000)],
    good: [GATEWAY],
    *check({ document }) {
      const size = Buffer.byteLength(document.text);
      if (size <= MAX_INLINE_BODY || size > MAX_BODY) return;
      yield {
        message: `The template has ${size} bytes: above ${MAX_INLINE_BODY} CloudFormation takes it from S3 only.`,
        path: [],
      };
    },
  },
  {
    code: 'PL3021',
    name: 'dynamic-references',
    message: 'The template has more dynamic references than CloudFormation resolves.',
    why: 'CloudFormation resolves 60 in a template.',
    fix: 'Divide it into several stacks.',
    url: guide('dynamic-references'),
    bad: [
      `Resources: # <-\n${many(61, (i) => `  P${i}: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: '{{resolve:ssm:/a}}'}}`)}\n`,
    ],
    good: [
      resource('AWS::SSM::Parameter', 'Type: String', "Value: '{{resolve:ssm:/a}}'"),
      value(
        '!FindInMap [Images, us-west-2, image1]',
        'Mappings:\n  Images:\n    us-west-2:',
        many(61, (i) => `      image${i}: '{{resolve:ssm:/image/${i}}}'`),
      ),
    ],
    *check({ texts, callsOf }) {
      const subs = callsOf('Fn::Sub').map(({ argument }) => JSON.stringify(argument));
      // Of what is in mappings only what is looked up is resolved.
      const resolved = texts.filter(({ path }) => path[0] !== 'Mappings').map(({ text }) => text);
      const count = [...resolved, ...subs].reduce((sum, text) => sum + text.split('{{resolve:').length - 1, 0);
      if (count > MAX_DYNAMIC_REFERENCES)
        yield {
          message: `The template has ${count} dynamic references, more than ${MAX_DYNAMIC_REFERENCES}.`,
          path: ['Resources'],
          part: 'key',
        };
    },
  },
  {
    code: 'E1003',
    name: 'description-length',
    message: 'The description is too long.',
    why: 'It may have 1,024 bytes.',
    fix: 'Shorten it; what is to be read goes into Metadata or beside the template.',
    url: LIMITS,
    bad: [beside(`Description: ${'x'.repeat(1025)} # <-`)],
    good: [beside('Description: Short.')],
    check: ({ root }) => tooLong(root['Description'], ['Description'], MAX_DESCRIPTION),
  },
];
