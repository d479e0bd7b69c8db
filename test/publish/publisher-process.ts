import { publishRelease } from '../../src/publish/publish-release.ts';
import { parseTarget } from '../../src/publish/target.ts';
import { smallRelease } from './small-release.ts';

// A publisher as a process of its own, for tests that kill it: publisher-process.ts TO ENDPOINT VERSION MARK
const [to, endpointUrl, version, mark] = process.argv.slice(2);
await publishRelease(
  smallRelease(version!, mark),
  parseTarget(to!, { region: 'us-west-2', endpointUrl: endpointUrl! }),
);
