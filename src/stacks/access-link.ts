import { part } from '../parts/base/part.ts';
import { type LinkWay, type PassedNeeds, releaseLink } from './next-link.ts';
import type { ReleaseLocation } from './release-location.ts';
import type { StackName } from './stack-name.ts';

/** The output AccessLink of a stack that is everything in one: the form of more ways in. */
export function accessLink<const N extends PassedNeeds>(from: StackName, needs: N) {
  const way: LinkWay = { from, next: 'access' };
  return part({
    name: 'access-link',
    needs,
    build: (template, values, { location }: { readonly location: ReleaseLocation | undefined }) => ({
      AccessLink: releaseLink(template, way, values, location),
    }),
    gives: {
      AccessLink:
        'Opens the form of the stack access, with the values of this one filled in: a Windows host, the policy of researchers.',
    },
  });
}
