import type { PeopleDocument } from '../functions/people/people-document.ts';
import type { PeopleRequest } from '../functions/people/requests.ts';

/** What the function of a stack is asked. */
export type AskedOfPeople = ({ readonly action: 'plan' | 'apply' } & PeopleRequest) | { readonly action: 'export' };

/** What would be done, in words; with a problem nothing is. */
export interface PeoplePlan {
  readonly plan: readonly string[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** What was done, in words. */
export interface PeopleDone {
  readonly done: readonly string[];
  readonly notes: readonly string[];
}

/** The function of a stack that makes people. */
export interface PeopleFunction {
  /** @throws Refusal PL9004 with what the function says */
  plan(request: PeopleRequest): Promise<PeoplePlan>;
  /** @throws Refusal PL9004 with what the function says */
  apply(request: PeopleRequest): Promise<PeopleDone>;
  /** Who is there. @throws Refusal PL9004 with what the function says */
  export(): Promise<PeopleDocument>;
  close(): void;
}
