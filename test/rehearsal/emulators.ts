// Starts emulated AWS in the network that it runs in, and prints its address; the end of standard input ends it.
import { once } from 'node:events';
import { startMinistack } from '../support/ministack.ts';

const { BEHIND_URL, FUNCTION_OPTIONS: NODE_OPTIONS, FUNCTION_CLOCKS } = process.env;
const ministack = await startMinistack({ BEHIND_URL, NODE_OPTIONS, FUNCTION_CLOCKS });
console.log(ministack.url);
await once(process.stdin.resume(), 'end');
await ministack.stop();
