import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './line-diff.ts';

const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

test('what stays is kept, what goes stands before what comes', () => {
  expect(shown('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(shown('a\nb\nc\nd', 'b\nd\ne')).toEqual(['-a', ' b', '-c', ' d', '+e']);
  expect(shown('', 'a')).toEqual(['-', '+a']);
  expect(shown('a\na', 'a')).toEqual([' a', '-a']);
});

test('both texts can be read off any comparison', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (without: string) =>
        lines.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join('\n');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
    }),
  );
});

test('texts too long to compare are replaced as a whole', () => {
  const long = (word: string) => Array.from({ length: 3_000 }, (_, i) => `${word}${i}`).join('\n');
  expect(diffLines(long('a'), long('b'))).toHaveLength(6_000);
});
