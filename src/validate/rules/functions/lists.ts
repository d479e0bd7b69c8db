import { isList } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { output, resource } from '../base/examples.ts';
import { literal } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { functionPage } from '../base/urls.ts';
import { arg, args, isListLike, isPlainText, isText, usage } from '../base/usage.ts';

/** Whether a text is a number from 1 on. */
function isWhole(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}

/** Whether a text is written as a block of addresses, with a mask that is possible. */
function isBlock(text: string): boolean {
  const [, address = '', mask] = /^([\da-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  return mask !== undefined && Number(mask) <= (address.includes(':') ? 128 : 32);
}

/** Functions that take lists apart and put them together. */
export const LIST_RULES: readonly Rule[] = [
  {
    code: 'E1022',
    name: 'join',
    message: 'Fn::Join takes a delimiter and a list, and gives text.',
    why: TEMPLATE_REFUSED,
    fix: "Write !Join [',', List].",
    url: functionPage('join'),
    bad: [output('!Join ["-"] # <-'), output('!Join ["-", text] # <-')],
    good: [output('!Join ["-", [a, b]]')],
    check: usage('Fn::Join', "!Join [',', List]", args([isPlainText, isListLike])),
  },
  {
    code: 'E1018',
    name: 'split',
    message: 'Fn::Split takes a delimiter and a text, and gives a list.',
    why: TEMPLATE_REFUSED,
    fix: "Write !Split [',', Text].",
    url: functionPage('split'),
    bad: [
      output('!Join ["-", !Split [","]] # <-'),
      resource('AWS::EC2::VPC', "CidrBlock: !Split [',', '10.0.0.0/16,10.1.0.0/16'] # <-"),
    ],
    good: [output('!Join ["-", !Split [",", "a,b"]]')],
    check: usage('Fn::Split', "!Split [',', Text]", args([isPlainText, isText])),
  },
  {
    code: 'E1017',
    name: 'select',
    message: 'Fn::Select takes an index and a list.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !Select [0, List].',
    url: functionPage('select'),
    bad: [
      output('!Select [0] # <-'),
      output('!Select [0, text] # <-'),
      output('!Select [2, [a, b]] # <-'),
      output('!Select [first, [a, b]] # <-'),
    ],
    good: [output('!Select [0, [a, b]]'), output("!Select ['1', [a, b]]")],
    check: usage(
      'Fn::Select',
      '!Select [0, List]',
      args([isText, isListLike]),
      function* ({ argument, path }, { hasMacros }) {
        const [index, list] = argument as readonly Json[];
        const at = [...path, 0];
        const text = literal(index);
        if (text === undefined || hasMacros) return;
        if (!/^\d+$/.test(text))
          yield { message: `The index of Fn::Select must be a number from 0 on, not ${text}.`, path: at };
        else if (isList(list) && Number(text) >= list.length)
          yield {
            message: `The index of Fn::Select is ${text}, but the list has ${list.length} entries, from 0 on.`,
            path: at,
          };
      },
    ),
  },
  {
    code: 'E1015',
    name: 'get-azs',
    message: 'Fn::GetAZs takes the name of a region, and gives a list.',
    why: TEMPLATE_REFUSED,
    fix: "Write !GetAZs ''.",
    url: functionPage('getavailabilityzones'),
    bad: [output('!Select [0, !GetAZs [us-west-2]] # <-'), output('!Select [0, !GetAZs us-west-2a] # <-')],
    good: [output("!Select [0, !GetAZs '']")],
    check: usage('Fn::GetAZs', "!GetAZs ''", arg(isText), function* ({ argument, path }, { hasMacros }) {
      const text = literal(argument);
      if (text !== undefined && !hasMacros && !/^(?:|[a-z]{2,4}(?:-[a-z]+)+-\d)$/.test(text))
        yield { message: `${text} is not the name of a region.`, path, hint: "Write !GetAZs '' for the stack's own." };
    }),
  },
  {
    code: 'E1024',
    name: 'cidr',
    message: 'Fn::Cidr takes a block, a count and perhaps a number of bits, and gives a list.',
    why: TEMPLATE_REFUSED,
    fix: 'Write !Cidr [Block, Count, Bits].',
    url: functionPage('cidr'),
    bad: [
      output('!Select [0, !Cidr [10.0.0.0/16]] # <-'),
      output('!Select [0, !Cidr [10.0.0.0, 2, 8]] # <-'),
      output('!Select [0, !Cidr [10.0.0.0/33, 2, 8]] # <-'),
      output('!Select [0, !Cidr [10.0.0.0/16, 300, 8]] # <-'),
      resource('AWS::EC2::Subnet', 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: !Cidr [10.0.0.0/16, 2, 8] # <-'),
    ],
    good: [output('!Select [0, !Cidr [10.0.0.0/16, 2, 8]]')],
    check: usage(
      'Fn::Cidr',
      '!Cidr [Block, Count, Bits]',
      args([isText, isText, isText], 2),
      function* ({ argument, path }) {
        const [block, count, bits] = (argument as readonly Json[]).map(literal);
        if (block !== undefined && !isBlock(block))
          yield { message: `The block of Fn::Cidr must be written as 10.0.0.0/16, not ${block}.`, path: [...path, 0] };
        if (count !== undefined && !isWhole(count, 256))
          yield { message: `The count of Fn::Cidr must be 1 to 256, not ${count}.`, path: [...path, 1] };
        if (bits !== undefined && !isWhole(bits, 128))
          yield { message: `The bits of Fn::Cidr must be 1 to 128, not ${bits}.`, path: [...path, 2] };
      },
    ),
  },
];
