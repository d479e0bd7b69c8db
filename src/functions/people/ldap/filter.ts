import { element } from '../../../certificate/x509/der.ts';
import { octets } from './ber.ts';

/** Filters of a search (RFC 4511, 4.5.1.7), made of values and never of text: nothing in a value has to be escaped. */
export type Filter = Buffer;

/** Entries that have the attribute. */
export function present(attribute: string): Filter {
  return octets(attribute, 0x87);
}

/** Entries whose attribute has this value. */
export function equal(attribute: string, value: string): Filter {
  return element(0xa3, octets(attribute), octets(value));
}

/** Entries for which all of these are true. */
export function allOf(...filters: readonly Filter[]): Filter {
  return element(0xa0, ...filters);
}

/** Entries for which one of these is true. */
export function anyOf(...filters: readonly Filter[]): Filter {
  return element(0xa1, ...filters);
}
