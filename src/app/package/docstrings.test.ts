import { expect, test } from 'vitest';
import { readPackageExports } from './package-exports.ts';

test('every export of the package has a docstring, and so has every method', { timeout: 60_000 }, () => {
  const exports = readPackageExports();
  expect(exports.size).toBeGreaterThan(30);
  const bare = [...exports.values()].flatMap(({ name, doc, members }) => [
    ...(doc === '' ? [name] : []),
    ...[...members].flatMap(([member, { doc, isMethod }]) =>
      isMethod && doc === '' ? `${name}.${member}` : [],
    ),
  ]);
  expect(bare).toEqual([]);
});
