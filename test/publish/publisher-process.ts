import { publishRelease } from '../../src/publish/publish-release.ts';
import { parseTarget } from '../../src/release/target.ts';
import { smallRelease } from './small-release.ts';

// A publisher as a process of its own, for tests that kill it: publisher-process.ts TO VERSION MARK [ENDPOINT]
const [to, version, mark, endpointUrl] = process.argv.slice(2);
const target = parseTarget(to!, { region: 'us-west-2', ...(endpointUrl && { endpointUrl }) });
await publishRelease(smallRelease(version!, mark), target, { onEvent: ({ kind }) => console.log(kind) });
