import { expect, test } from 'vitest';
import { coerceMetadata, type RawMetadataValue } from './metadata.ts';

class Nothing {}

test.each<[string, object]>([
  ['Map', new Map([['a', 1]])],
  ['Set', new Set([1])],
  ['RegExp', /a/],
  ['Uint8Array', new Uint8Array([1])],
  ['Nothing', new Nothing()],
])('a %s is refused as metadata, because JSON would lose what is in it', (name, value) => {
  expect(() => coerceMetadata({ odd: value as RawMetadataValue })).toThrow(
    new RegExp(`odd cannot hold a ${name}`),
  );
  expect(() => coerceMetadata({ deep: { odd: [value] } })).toThrow(/deep\.odd\[0\]/);
});

test('objects with properties are kept as JSON', () => {
  class Point {
    x = 1;
  }
  expect(coerceMetadata({ a: {}, b: { c: [new Point(), Object.create(null)] } })).toEqual({
    a: { type: 'json', value: {} },
    b: { type: 'json', value: { c: [{ x: 1 }, {}] } },
  });
});
