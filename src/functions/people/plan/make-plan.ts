import type { DirectoryPlace } from '../../lib/directory-place.ts';
import type { DirectoryState } from '../directory-state.ts';
import { orderActs, type Plan, type Planned } from './act.ts';
import { type BindWish, planBindAccounts } from './plan-bind.ts';
import { planPeople, type WantedPeople } from './plan-people.ts';
import { BIND_POLICY, PEOPLE_POLICY, type PolicyWish, planPolicies } from './plan-policies.ts';

/** What is to be done to make the directory as it is wanted, in order. Nothing, where it is so already. */
export function makePlan(
  wanted: WantedPeople & { readonly bind: BindWish; readonly peoplePolicy: boolean },
  now: DirectoryState,
  place: DirectoryPlace,
): Plan {
  const planned: Planned = { acts: [], problems: [], notes: [], administrators: [] };
  const groups = planPeople(wanted, now, place, planned);
  const bindGroups = planBindAccounts(wanted.bind, now, place, planned);
  const people: PolicyWish = { who: 'people', groups: groups.map(({ dn }) => dn), settings: PEOPLE_POLICY };
  const bind: PolicyWish = { who: 'the accounts that nodes search with', groups: bindGroups, settings: BIND_POLICY };
  planPolicies(wanted.peoplePolicy ? [bind, people] : [bind], now, planned);
  const { problems, notes, administrators } = planned;
  return { acts: orderActs(planned.acts), problems, notes, ...(administrators.length > 0 && { administrators }) };
}
