// Each fact as Dagster 1.13.28 answers it, unless the title says otherwise.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asset } from '#sdk/asset.ts';
import { AssetIn, AssetSpec } from '#sdk/asset-spec.ts';
import type { AssetsDefinition } from '#sdk/assets-definition.ts';
import { observableSourceAsset, SourceAsset } from '#sdk/external-assets.ts';
import { graphAsset, op } from '#sdk/graph-asset.ts';
import { multiAsset } from '#sdk/multi-asset.ts';
import { DataVersion } from '#sdk/results.ts';
import { loadAssetsFromCurrentModule, loadAssetsFromModules, loadAssetsFromPackage } from './load-assets.ts';
import { materialize } from './materialize.ts';

const a = asset(function a() {
  return 1;
});
const b = asset({ groupName: 'own', keyPrefix: 'pre' }, function b({ a }: { a: number }) {
  return a + 1;
});
const c = asset({ deps: ['outside', 'source', a] }, function c() {
  return 3;
});
const source = new AssetSpec({ key: 'source' });
const specs = [new AssetSpec({ key: 'l1' }), new AssetSpec({ key: 'l2' })];
const module1 = { b, a, c, source, specs, other: 5, mixed: [a, 'no'], text: 'a' };

type Loadable = AssetsDefinition | AssetSpec | SourceAsset;
const specsOf = (items: readonly Loadable[]) =>
  items.flatMap((item) => (item instanceof AssetSpec ? item : item.specs));
const keys = (items: readonly Loadable[]) => specsOf(items).map((spec) => spec.key.toString());
const depsOf = (items: readonly Loadable[], key: string) =>
  [...specsOf(items).find((spec) => spec.key.toString() === key)!.deps].sort();

test('the assets of a module come by name, and specs when they are asked for', () => {
  expect(keys(loadAssetsFromModules([module1]))).toEqual(['a', 'pre/b', 'c']);
  expect(keys(loadAssetsFromModules([module1], { includeSpecs: true }))).toEqual([
    'a',
    'pre/b',
    'c',
    'source',
    'l1',
    'l2',
  ]);
  expect(loadAssetsFromModules([])).toEqual([]);
  expect(keys(loadAssetsFromCurrentModule(module1))).toEqual(['a', 'pre/b', 'c']);
});

test('a prefix stands in front of every key, and inputs and deps follow', async () => {
  const loaded = loadAssetsFromModules([module1], { keyPrefix: ['p', 'q'] });
  expect(keys(loaded)).toEqual(['p/q/a', 'p/q/pre/b', 'p/q/c']);
  expect(depsOf(loaded, 'p/q/c')).toEqual(['outside', 'p/q/a', 'source']);
  const result = await materialize(loaded);
  expect(result.assetValue('p/q/pre/b')).toBe(2);
});

test('an input that `ins` maps follows, and one that is not loaded stays', async () => {
  const reader = asset({ ins: { x: new AssetIn({ key: 'a' }) } }, function reader({ x }: { x: number }) {
    return x * 10;
  });
  const both = loadAssetsFromModules([{ a, reader }], { keyPrefix: 'p' });
  expect((await materialize(both)).assetValue('p/reader')).toBe(10);
  const alone = loadAssetsFromModules([{ reader }], { keyPrefix: 'p' });
  expect((await materialize([...alone, a])).assetValue('p/reader')).toBe(10);
});

test('specs have a prefix of their own; unlike in Dagster, deps follow it', () => {
  const plain = loadAssetsFromModules([module1], { keyPrefix: 'p', includeSpecs: true });
  expect(keys(plain)).toEqual(['p/a', 'p/pre/b', 'p/c', 'source', 'l1', 'l2']);
  expect(depsOf(plain, 'p/c')).toEqual(['outside', 'p/a', 'source']);
  const moved = loadAssetsFromModules([module1], {
    keyPrefix: 'p',
    sourceKeyPrefix: 's',
    includeSpecs: true,
  });
  expect(keys(moved)).toEqual(['p/a', 'p/pre/b', 'p/c', 's/source', 's/l1', 's/l2']);
  expect(depsOf(moved, 'p/c')).toEqual(['outside', 'p/a', 's/source']);
});

test('source assets, observable ones too, have the prefix of specs', () => {
  const old = new SourceAsset({ key: 'old' });
  const looked = observableSourceAsset(function looked() {
    return new DataVersion('1');
  });
  const loaded = loadAssetsFromModules([{ a, looked, old }], { keyPrefix: 'p', sourceKeyPrefix: 's' });
  expect(keys(loaded)).toEqual(['p/a', 's/looked', 's/old']);
});

test('the outputs of a multi-asset and the inputs of a graph of ops follow', async () => {
  const both = multiAsset(
    { specs: [new AssetSpec({ key: 'm1' }), new AssetSpec({ key: 'm2', deps: ['m1'] })] },
    function both() {},
  );
  const half = op(function half(value: number) {
    return value / 2;
  });
  const halved = graphAsset({ name: 'halved' }, ({ a }) => half(a));
  const loaded = loadAssetsFromModules([{ a, both, halved }], { keyPrefix: 'p' });
  expect(keys(loaded)).toEqual(['p/a', 'p/m1', 'p/m2', 'p/halved']);
  expect(depsOf(loaded, 'p/m2')).toEqual(['p/m1']);
  expect((await materialize(loaded)).assetValue('p/halved')).toBe(0.5);
});

test('a group is given to all, and contradicts another group but not the default one', () => {
  const y = asset({ groupName: 'default' }, function y() {});
  const z = asset({ groupName: 'g' }, function z() {});
  const loaded = loadAssetsFromModules([{ a, y, z, source }], { groupName: 'g', includeSpecs: true });
  expect(specsOf(loaded).map(({ groupName }) => groupName)).toEqual(['g', 'g', 'g', 'g']);
  expect(() => loadAssetsFromModules([module1], { groupName: 'g' })).toThrow(
    '“pre/b” has the group “own”, so it cannot be loaded into “g”.',
  );
});

test('an asset that several modules export comes once, and another of its key is an error', () => {
  expect(keys(loadAssetsFromModules([{ a, again: a }, { a }]))).toEqual(['a']);
  const other = asset({ name: 'a' }, () => 2);
  expect(() => loadAssetsFromModules([{ a }, { other }])).toThrow(
    '“a” is defined more than once, in module 1 and module 2.',
  );
  expect(() => loadAssetsFromModules([{ a, other }], { keyPrefix: 'p' })).toThrow(
    '“a” is defined more than once, in module 1.',
  );
});

test('a package is all modules of a folder, apart from tests and declarations', async () => {
  const module = (name: string) =>
    `import { asset } from 'headwater';\nexport const ${name} = asset(function ${name}() { return 1; });\n`;
  // Inside the repository, where `headwater` is the package's own name.
  const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
  mkdirSync(cache, { recursive: true });
  const inside = mkdtempSync(join(cache, 'load-assets-'));
  mkdirSync(join(inside, 'deep', 'node_modules'), { recursive: true });
  try {
    writeFileSync(join(inside, 'top.mjs'), module('top'));
    writeFileSync(join(inside, 'deep', 'lower.mjs'), module('lower'));
    writeFileSync(join(inside, 'deep', 'lower.test.mjs'), 'throw new Error("not to be imported");');
    writeFileSync(join(inside, 'deep', 'types.d.ts'), 'export {};');
    writeFileSync(join(inside, 'deep', 'node_modules', 'x.mjs'), 'throw new Error("not to be imported");');
    const loaded = await loadAssetsFromPackage(inside, { keyPrefix: 'x', groupName: 'g' });
    expect(keys(loaded)).toEqual(['x/lower', 'x/top']);
  } finally {
    rmSync(inside, { recursive: true });
  }
});
