import { expect, it } from 'vitest';
import { manifestText, readManifest, staleFiles } from './export-manifest.ts';

it('a manifest is read back, and names what is no longer made', () => {
  const hashes = new Map([
    ['b.ts', '2'],
    ['assets/a.ts', '1'],
  ]);
  const last = readManifest(manifestText(hashes));
  expect(last).toEqual(hashes);
  expect(staleFiles(last, new Map([['b.ts', '']]))).toEqual([['assets/a.ts', '1']]);
});

it('what is no manifest names nothing, and no path leads out of the folder', () => {
  for (const text of ['', '[]', '{"files":{"a":"1"}}', '{"format":"headwater-export"}'])
    expect(readManifest(text).size).toBe(0);
  const outside = ['../a', '/a', 'a/../../b', 'C:\\a', 'a//b', '', '.', 'a\u0000'];
  const text = manifestText(new Map(outside.map((path) => [path, '1'])));
  expect(readManifest(text).size).toBe(0);
});
