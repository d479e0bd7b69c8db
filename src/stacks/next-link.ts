import { equals, when } from '../aws/conditions.ts';
import { join, region, split, stackName, urlSuffix } from '../aws/intrinsics.ts';
import { CONSOLE_HOSTS, partitionName } from '../aws/regions.ts';
import { referenceIn, sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { type ReleaseLocation, templatePath } from './release-location.ts';
import type { StackName } from './stack-name.ts';

/** How a stack leads on to the next one. */
export interface NextLinkInput {
  readonly from: StackName;
  readonly next: StackName;
  /** Where the release is; without one the output is a line for the AWS CLI. */
  readonly location: ReleaseLocation | undefined;
  /**
   * Values of the next stack's parameters. They go into a URL and a shell's line as they are, so they may only be ids,
   * ARNs and names of this stack, and parameters whose pattern lets nothing through that would need encoding.
   */
  readonly values: Readonly<Record<string, Expression<unknown>>>;
  /** Parameters that only the launcher knows. */
  readonly asked: readonly string[];
}

type Piece = string | Expression<unknown> | { readonly [name: string]: Expression<unknown> };

/**
 * The output NextLink: opens the form of the next stack of the same release, filled in. The release is the one that the
 * template was published with, whatever the parameters say, so that no link can make it lead to somebody else's template.
 */
export function nextLink(template: Template, input: NextLinkInput): void {
  const { from, next, location } = input;
  const name = nextName(template, from, next);
  template.output('NextLink', {
    description:
      location === undefined
        ? `This template came without a release: run this line in the folder that holds dist to make the next stack, ${next}.${input.asked.length > 0 ? ' Replace VALUE first.' : ''}`
        : `Opens the form of the next stack, ${next}, with the values of this one filled in.`,
    value: text(location === undefined ? line(input, name) : link(location, input, name)),
  });
}

function link(location: ReleaseLocation, { next, values }: NextLinkInput, name: Piece): Piece[] {
  const { bucketName, bucketRegion, keyPrefix } = location;
  const form = ['https://', ...consoleHost(location), '/cloudformation/home?region=', region, '#/stacks/create/review'];
  const from = [`?templateURL=https://${bucketName}.s3.${bucketRegion}.`, urlSuffix, `/${keyPrefix}`];
  const filledIn = Object.entries(values).flatMap(([key, value]) => [`&param_${key}=`, named(key, value)]);
  return [...form, ...from, templatePath(`${next}.yaml`), '&stackName=', name, ...filledIn];
}

function line({ next, values, asked }: NextLinkInput, name: Piece): Piece[] {
  const deploy = ['aws cloudformation deploy --region ', region, ' --stack-name ', name];
  const how = ` --template-file dist/${next}.yaml --capabilities CAPABILITY_IAM --parameter-overrides`;
  const filledIn = Object.entries(values).flatMap(([key, value]) => [` ${key}=`, named(key, value)]);
  return [...deploy, how, ...filledIn, ...asked.map((key) => ` ${key}=VALUE`)];
}

/** This stack's name with the next stack's in the place of its own; where the launcher called it otherwise, with that at its end. */
function nextName(template: Template, from: StackName, next: StackName): Piece {
  const replaced = join(next, split(from, stackName));
  const isOther = template.condition('IsNamedOtherwise', equals(replaced, stackName));
  return { NextStack: when(isOther, sub`${stackName}-${next}`, replaced) };
}

/** The stacks are in the bucket's partition, which is known: no other can read from it. */
function consoleHost({ bucketRegion }: ReleaseLocation): Piece[] {
  const { eachRegion, host } = CONSOLE_HOSTS[partitionName(bucketRegion)];
  return eachRegion ? [region, `.${host}`] : [host];
}

/** A reference stands in the text by itself, anything else as a variable of the parameter's name. */
function named(key: string, value: Expression<unknown>): Piece {
  return referenceIn(value) === undefined ? { [key]: value } : value;
}

/** Fn::Sub over texts and values in a row. */
function text(pieces: readonly Piece[]): Expression<string> {
  const texts = [''];
  const parts: Exclude<Piece, string>[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') texts[parts.length] += piece;
    else texts[parts.push(piece)] = '';
  }
  return sub(texts, ...parts);
}
