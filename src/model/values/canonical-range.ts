import { CANONICAL_START } from './format.ts';
import { readHeader } from './stored-value.ts';

/**
 * The part of an encoded value to hash: equal values, key order aside, have equal bytes there, and different
 * values have different ones. Throws an Error on bytes that do not begin like a value.
 */
export function canonicalRange(bytes: Uint8Array): readonly [start: number, end: number] {
  return [CANONICAL_START, readHeader(bytes).canonicalEnd];
}
