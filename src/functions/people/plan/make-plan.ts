import type { DirectoryPlace } from '../../lib/directory-place.ts';
import type { DirectoryState } from '../directory-state.ts';
import { orderActs, type Plan, type Planned } from './act.ts';
import { type BindWish, planBindAccounts } from './plan-bind.ts';
import { planPeople, type WantedPeople } from './plan-people.ts';

/** What is to be done to make the directory as it is wanted, in order. Nothing, where it is so already. */
export function makePlan(
  wanted: WantedPeople & { readonly bind: BindWish },
  now: DirectoryState,
  place: DirectoryPlace,
): Plan {
  const planned: Planned = { acts: [], problems: [], notes: [] };
  planPeople(wanted, now, place, planned);
  planBindAccounts(wanted.bind, now, place, planned);
  const { problems, notes } = planned;
  return { acts: orderActs(planned.acts), problems, notes };
}
