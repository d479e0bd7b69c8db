import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { partitionName, REGIONS, URL_SUFFIXES } from '../../src/aws/regions.ts';

/** The AWS SDK's own table, which its releases keep up to date; it is not a part of what the package exports. */
const SDK = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';

interface Table {
  readonly partitions: readonly {
    readonly id: string;
    readonly outputs: { readonly dnsSuffix: string };
    readonly regions: Readonly<Record<string, unknown>>;
  }[];
}

test("the regions and partitions are the AWS SDK's", () => {
  const text = readFileSync(SDK, 'utf8');
  const { partitions } = JSON.parse(/^export const partitionsInfo = (\{[\s\S]*\});?\s*$/.exec(text)![1]!) as Table;
  for (const [name, regions] of Object.entries(REGIONS)) {
    const theirs = partitions.find(({ id }) => id === name)!;
    const real = Object.keys(theirs.regions).filter((region) => !region.endsWith('-global'));
    expect([...regions].sort(), name).toEqual(real.sort());
    expect(URL_SUFFIXES[name as keyof typeof REGIONS]).toBe(theirs.outputs.dnsSuffix);
    for (const region of regions) expect(partitionName(region)).toBe(name);
  }
});
