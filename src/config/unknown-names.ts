import { knownInstanceTypes } from '../aws/instance-types.ts';
import { knownRegions } from '../aws/regions.ts';
import { type Diagnostic, warning } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { VERSION } from '../version.ts';
import type { Config } from './config.ts';
import { configuredGroups } from './configured-groups.ts';

/**
 * Names of AWS's that this podlaunch does not know. They may be newer than it is, so they are warnings; a misspelt one
 * would be refused by AWS only when the directory is ready and the cluster is made, most of an hour later.
 */
export function unknownNames(config: Config): readonly Diagnostic[] {
  return [...unknownTypes(config), ...unknownRegion(config)];
}

function unknownRegion({ publish: { region, endpointUrl } }: Config): readonly Diagnostic[] {
  if (region === undefined || endpointUrl !== undefined || knownRegions().includes(region)) return [];
  const message = `${region} is not a region that podlaunch ${VERSION} knows.`;
  return [
    warning({ code: 'PL1019', message, path: ['publish', 'region'], hint: hint(region, knownRegions(), 'region') }),
  ];
}

function unknownTypes(config: Config): readonly Diagnostic[] {
  const types = new Set(knownInstanceTypes());
  return configuredGroups(config).flatMap(([path, { type }]) => {
    if (types.has(type)) return [];
    const message = `${type} is not an instance type of HyperPod that podlaunch ${VERSION} knows.`;
    return [warning({ code: 'PL1018', message, path: [...path, 'type'], hint: hint(type, types, 'type') })];
  });
}

function hint(name: string, known: Iterable<string>, what: string): string {
  const near = nearest(name, known);
  return `${near === undefined ? '' : `Did you mean ${near}? `}If AWS has it, go on: the list may be older than the ${what}.`;
}
