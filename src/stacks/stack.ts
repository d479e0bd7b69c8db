import type { Expression } from '../aws/value.ts';
import type { Group } from '../parts/base/groups.ts';
import type { Name, Names } from '../parts/base/names.ts';
import type { Known, Made } from '../parts/base/needs.ts';
import type { Gives, Needs, Part } from '../parts/base/part.ts';
import type { Settings } from './settings.ts';

/** Any part, as far as a stack knows it: it can be made of the settings. */
export type AnyPart = Part<Needs, Gives, Settings>;

/** A stack: what it is called, what it says of itself, and its parts. */
export interface Stack<N extends string = string> extends Words<N> {
  readonly parts: readonly AnyPart[];
  readonly outputs: readonly OutputName[];
  readonly form?: readonly FormGroup[];
  readonly settings?: Partial<Settings>;
}

/** A group of the form of one stack: parameters by their names, and all that is left of groups that parts have. */
export interface FormGroup {
  readonly title: string;
  readonly parameters?: readonly string[];
  readonly groups?: readonly (Group | RegExp)[];
}

interface Words<N extends string> {
  readonly name: N;
  /** In a few words, for a picture. */
  readonly summary: string;
  /** What it makes, for its Description. */
  readonly title: string;
  /** A sentence for the top of its file. */
  readonly about: string;
}

/** The names that can be parameters and outputs. */
export type OutputName = { [N in Name]: Names[N] extends Expression<unknown> ? N : never }[Name];

type GivenBy<P> = P extends Part<infer _N, infer G, never> ? keyof G & Name : never;

/** The names that only another part can meet. */
type Taken<P> =
  P extends Part<infer N, infer _G, never>
    ? { [K in keyof N]: N[K] extends Made | Known ? K : never }[keyof N] & Name
    : never;

/** The names that the launcher is asked for where no part gives them. */
type AskedBy<P> = P extends Part<infer N, infer _G, never> ? Exclude<keyof N & Name, Taken<P>> : never;

/**
 * Why a part cannot be where it is in a list; never where it can. Given: what parts before it give. There: that, and what
 * they ask for. Later: what parts after it give.
 */
type Fault<P, Given, There, Later, Closed> =
  | (GivenBy<P> & Given extends never ? never : `${GivenBy<P> & Given & string} is given twice`)
  | (Exclude<Taken<P>, There> extends never ? never : `no part before gives ${Exclude<Taken<P>, There> & string}`)
  | (AskedBy<P> & Later extends never ? never : `${AskedBy<P> & Later & string} is given by a later part`)
  | (Closed extends true
      ? Exclude<AskedBy<P>, Given> extends never
        ? never
        : `no part before gives ${Exclude<AskedBy<P>, Given> & string}`
      : never);

/** The part, or the reason why it does not fit in. */
type Fit<P, Why> = [Why] extends [never] ? P : Why;

/** The list of parts, with the reason in the place of each part that does not fit in. `Done` is what was looked at: TypeScript counts no depth where a type ends with itself. */
type Fitting<
  Parts,
  Closed,
  Given = never,
  There = never,
  Done extends readonly unknown[] = readonly [],
> = Parts extends readonly [infer P, ...infer Rest]
  ? Fitting<
      Rest,
      Closed,
      Given | GivenBy<P>,
      There | GivenBy<P> | AskedBy<P>,
      readonly [...Done, Fit<P, Fault<P, Given, There, GivenBy<Rest[number]>, Closed>>]
    >
  : Done;

/** What a stack is made of. */
interface Written<N extends string, Parts extends readonly AnyPart[], Closed extends boolean> extends Words<N> {
  /** In the order in which they are built: what a part takes of another comes after that one. */
  readonly parts: Parts & Fitting<Parts, Closed>;
  /** What of all that the parts give is an output, in this order. */
  readonly outputs: readonly (GivenBy<Parts[number]> & OutputName)[];
  /** Whether the parts must give each other all that they need: the launcher is asked for their choices only. */
  readonly closed?: Closed;
  /** The groups of its form, where they are not those that the parts have. */
  readonly form?: readonly FormGroup[];
  /** Settings that it has whatever podlaunch.yaml says. */
  readonly settings?: Partial<Settings>;
}

/**
 * A stack of parts. It does not compile where a name is given twice, where a part takes what no part before it gives,
 * or where one of a closed stack would have to ask for something.
 */
export function stack<
  const N extends string,
  const Parts extends readonly AnyPart[],
  const Closed extends boolean = false,
>({ closed: _, ...written }: Written<N, Parts, Closed>): Stack<N> {
  return written;
}
