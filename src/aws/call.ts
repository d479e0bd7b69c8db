import type { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';

/** Name and payload of an intrinsic function. `toJSON` would put them into an object, and this is asked most often of all. */
export function nameAndPayload(call: IntrinsicFunction): [name: string, payload: unknown] {
  return [call['name'], call['payload']];
}
