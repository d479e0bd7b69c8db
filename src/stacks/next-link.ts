import { equals, when } from '../aws/conditions.ts';
import { join, region, split, stackName, urlSuffix } from '../aws/intrinsics.ts';
import { CONSOLE_HOSTS, partitionName } from '../aws/regions.ts';
import { referenceIn, sub } from '../aws/sub.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import type { ExistingDirectory } from '../parts/base/handed.ts';
import type { Name, Resolved } from '../parts/base/names.ts';
import { type Known, made, type Passed, type PassedOn } from '../parts/base/needs.ts';
import { absent, gift, part } from '../parts/base/part.ts';
import { type ReleaseLocation, templatePath } from './release-location.ts';
import { type StackName, templateFile } from './stack-name.ts';

/** How a stack leads on to the next one. */
export interface LinkWay {
  readonly from: StackName;
  readonly next: StackName;
  /** The condition that the stack is not named as usual: another one for another link in the same template. */
  readonly isOther?: string;
  /** Parameters that only the launcher knows. */
  readonly asked?: readonly string[];
}

/** Values of the next stack's parameters. */
type Values = Readonly<Record<string, Expression<unknown>>>;

/** The needs of a link: all are passed on. */
export type PassedNeeds = { readonly [N in Name]?: Known | Passed<Resolved<N>> };

type Piece = string | Expression<unknown> | { readonly [name: string]: Expression<unknown> };

/**
 * The output NextLink: opens the form of the next stack of the same release, filled in. The release is the one that the
 * template was published with, whatever the parameters say, so that no link can make it lead to somebody else's template.
 * @param needs what the next stack asks for, in the order of the link. The values go into a URL and a shell's line as they
 * are, so they may only be ids, ARNs and names of this stack, and parameters whose pattern lets nothing through that would
 * need encoding.
 */
export function nextLink<const N extends PassedNeeds>(way: LinkWay, needs: N) {
  const { next, asked = [] } = way;
  return part({
    name: 'next-link',
    needs,
    build(template, values, { location }: { readonly location: ReleaseLocation | undefined }) {
      const filledIn = filledInWith(values);
      const name = nextName(template, way);
      const NextLink = text(location === undefined ? line(way, filledIn, name) : link(location, way, filledIn, name));
      const description =
        location === undefined
          ? `This template came without a release: run this line in the folder that contains dist to make the next stack, ${next}.${asked.length > 0 ? ' Replace VALUE first.' : ''}`
          : `Opens the form of the next stack, ${next}, with the values of this one filled in.`;
      return { NextLink: gift(NextLink, { description }) };
    },
    gives: { NextLink: 'The next stack.' },
  });
}

/**
 * The output PeopleLink: the same for the stack that makes people, which is beside the way because a directory that exists
 * has people already. That stack is in releases only, and so is its link.
 */
export function peopleLink<const N extends PassedNeeds>(needs: N) {
  const way: LinkWay = { from: 'directory', next: 'people', isOther: 'IsNamedOtherwiseThanPeople' };
  return part({
    name: 'people-link',
    needs: { ...needs, existingDirectory: made },
    build(template, values, { location }: { readonly location: ReleaseLocation | undefined }) {
      const { existingDirectory, ...passed } = values as { readonly existingDirectory: ExistingDirectory };
      const PeopleLink = releaseLink(template, way, passed, location);
      return { PeopleLink: PeopleLink === absent ? absent : gift(PeopleLink, { given: existingDirectory.none }) };
    },
    gives: {
      PeopleLink:
        'Opens the form of the stack people, with the values of this one filled in: make it before the cluster.',
    },
  });
}

/** A link to a template of the same release, filled in with what its part got: a template without a release has none. */
export function releaseLink(template: Template, way: LinkWay, values: object, location: ReleaseLocation | undefined) {
  return location ? text(link(location, way, filledInWith(values), nextName(template, way))) : absent;
}

/** What a link fills in of what its part got: values, or empty texts. */
function filledInWith(values: object): Values {
  const passed = Object.entries(values as Readonly<Record<string, PassedOn<Expression<unknown>>>>);
  return Object.fromEntries(passed.map(([name, { orEmpty }]) => [name, orEmpty]));
}

function link(location: ReleaseLocation, { next }: LinkWay, values: Values, name: Piece): Piece[] {
  const { bucketName, bucketRegion, keyPrefix } = location;
  const form = ['https://', ...consoleHost(location), '/cloudformation/home?region=', region, '#/stacks/create/review'];
  const from = [`?templateURL=https://${bucketName}.s3.${bucketRegion}.`, urlSuffix, `/${keyPrefix}`];
  const filledIn = Object.entries(values).flatMap(([key, value]) => [`&param_${key}=`, named(key, value)]);
  return [...form, ...from, templatePath(templateFile(next)), '&stackName=', name, ...filledIn];
}

function line({ next, asked = [] }: LinkWay, values: Values, name: Piece): Piece[] {
  const deploy = ['aws cloudformation deploy --region ', region, ' --stack-name ', name];
  const how = ` --template-file dist/${next}.yaml --capabilities CAPABILITY_IAM --parameter-overrides`;
  const filledIn = Object.entries(values).flatMap(([key, value]) => [` ${key}=`, named(key, value)]);
  return [...deploy, how, ...filledIn, ...asked.map((key) => ` ${key}=VALUE`)];
}

/** This stack's name with the next stack's in the place of its own; where the launcher called it otherwise, with that at its end. */
function nextName(template: Template, { from, next, isOther: id = 'IsNamedOtherwise' }: LinkWay): Piece {
  const replaced = join(next, split(from, stackName));
  const isOther = template.condition(id, equals(replaced, stackName));
  return { NextStack: when(isOther, sub`${stackName}-${next}`, replaced) };
}

/** The stacks are in the bucket's partition, which is known: no other can read from it. */
function consoleHost({ bucketRegion }: ReleaseLocation): Piece[] {
  const { eachRegion, host } = CONSOLE_HOSTS[partitionName(bucketRegion)];
  return eachRegion ? [region, `.${host}`] : [host];
}

/** In the text a reference is by itself, anything else a variable of the parameter's name. */
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
