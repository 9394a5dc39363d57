import { expect, it } from 'vitest';
import { fileRows } from './file-rows.ts';

it('rows of a tree have folders before files, each under its folder', () => {
  const rows = fileRows(['b.ts', 'assets/raw/x.ts', 'assets/a.ts', 'a.ts']);
  expect(rows.map(({ path, depth, isFolder }) => `${depth} ${path}${isFolder ? '/' : ''}`)).toEqual([
    '0 assets/',
    '1 assets/raw/',
    '2 assets/raw/x.ts',
    '1 assets/a.ts',
    '0 a.ts',
    '0 b.ts',
  ]);
});
