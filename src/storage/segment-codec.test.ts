import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '#model/events.ts';
import { checksum } from './checksum.ts';
import { decodeEvents, encodeEvents } from './segment-codec.ts';

const roundTrip = (value: unknown): unknown => {
  const decoded = decodeEvents(encodeEvents(value as RunEvent[]));
  return decoded.ok ? decoded.value : decoded.error;
};

describe('the segment codec', () => {
  test('any JSON value comes back exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ noUnicodeString: false })), (values) => {
        expect(roundTrip(values)).toStrictEqual(values);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['-0', [-0]],
    [
      'numbers at the edges',
      [2 ** 28 - 1, 2 ** 28, -(2 ** 28), 2 ** 31, 2 ** 53, 1e-300, 1_760_000_000.123456],
    ],
    ['lone surrogates', ['\ud800', { '\udc00': 'a\ud83d' }, '😀']],
    ['a byte order mark', ['\ufeffabc', '\ufeff']],
    ['a __proto__ key', [JSON.parse('{"__proto__":{"a":1},"b":2}')]],
    ['keys of equal start', [{ a: 1 }, { a: 1, b: 2 }, {}, { b: 2, a: 1 }]],
    ['empty text', ['', { '': '' }]],
    [
      'an object of 10,000 keys',
      [Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]))],
    ],
    ['1,000 levels', [Array.from({ length: 1000 }).reduce<unknown>((inner) => ({ inner }), null)]],
  ])('%s comes back exactly', (_, values) => {
    const back = roundTrip(values) as unknown[];
    expect(back).toStrictEqual(values);
    expect(JSON.stringify(back)).toBe(JSON.stringify(values));
    expect(Object.is(back[0], -0)).toBe(Object.is(values[0], -0));
  });

  test('every flipped byte and every cut is noticed', () => {
    const bytes = encodeEvents([{ type: 'LOG', timestamp: 1.5, message: 'héllo' } as RunEvent]);
    for (let index = 0; index < bytes.length; index += 1) {
      const flipped = bytes.slice();
      flipped[index]! ^= 1 + (index % 255);
      expect(decodeEvents(flipped).ok).toBe(false);
      expect(decodeEvents(bytes.subarray(0, index)).ok).toBe(false);
    }
  });

  test('what is no plain data is refused', () => {
    expect(() => roundTrip([() => 1])).toThrow(TypeError);
    expect(() => roundTrip([1n])).toThrow(TypeError);
  });
});

test('the checksum is XXH32 with seed 0', () => {
  const of = (text: string) => checksum(new TextEncoder().encode(text));
  expect([of(''), of('a'), of('abc'), of('Nobody inspects the spammish repetition')]).toEqual([
    0x02cc5d05, 0x550d7456, 0x32d153ff, 0xe2293b2f,
  ]);
});
