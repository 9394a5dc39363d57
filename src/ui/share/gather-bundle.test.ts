import { describe, expect, it } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { maybeSample, withoutTestCases } from './gather-bundle.ts';

function stored(value: unknown): Uint8Array {
  const encoded = encodeValue(value);
  if (!encoded.ok) throw new Error(encoded.error.type);
  return encoded.value.slice();
}

it('without values, what was captured for tests stays behind, and all else is as it was', () => {
  const testCases = [{ name: 'a run', inputs: {}, value: 'private' }];
  const kept = { asset: { body: 'export default () => 1;\n', testCases } };
  const document = graph()
    .asset('a', '() => 1', { testCases, deps: ['x'] })
    .asset('b', '() => 1', { kept })
    .document();
  const bare = graph()
    .asset('a', '() => 1', { deps: ['x'] })
    .asset('b', '() => 1', { kept: { asset: { body: kept.asset.body } } })
    .document();
  expect(formatDocument(withoutTestCases(document))).toBe(formatDocument(bare));
});

describe('a sample of a value', () => {
  it('of a table is its first rows, cells and all', () => {
    for (const length of [50, 200_000]) {
      const rows = Array.from({ length }, (_, n) => ({
        n,
        day: new Date(n),
        name: n % 2 ? `row ${n}` : null,
        tags: [n],
      }));
      const sample = maybeSample(stored(rows), 20);
      expect(sample && decodeValue(sample)).toEqual(rows.slice(0, 20));
    }
  });

  it('of what is small is all of it, the same bytes', () => {
    for (const value of [5, 'text', { a: [1] }, [{ n: 1 }, { n: 2 }], []]) {
      const bytes = stored(value);
      expect(maybeSample(bytes, 20)).toBe(bytes);
    }
  });

  it('is none of a value that is large and no table, or of rows that are large', () => {
    expect(maybeSample(stored('x'.repeat(300_000)), 20)).toBeUndefined();
    const wide = Array.from({ length: 30 }, (_, n) => ({ text: `${n}`.repeat(20_000) }));
    expect(maybeSample(stored(wide), 20)).toBeUndefined();
  });

  it('of uneven rows keeps which cells are missing', () => {
    const rows = [{ a: 1 }, { a: 2, b: undefined }, { b: 3 }, { a: 4 }];
    const sample = maybeSample(stored(rows), 3);
    expect(sample && decodeValue(sample)).toStrictEqual(rows.slice(0, 3));
  });
});
