import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SelectionGraph } from '#model/selection/evaluate-selection.ts';
import { asset } from './asset.ts';
import { AssetSelection } from './asset-selection.ts';
import { AssetSpec } from './asset-spec.ts';

const a = asset({ keyPrefix: 'raw', groupName: 'g' }, function a() {});
const b = asset(
  { deps: [a, 'ext'], groupName: 'g', kinds: ['python'], tags: { t: '' }, owners: ['team:x'] },
  function b() {},
);
const c = asset({ deps: [b] }, function c() {});
const assets = [a, b, c, new AssetSpec({ key: 'ext', groupName: 'g' })];
const found = (selection: AssetSelection) => [...selection.resolve(assets)].sort();

// Each row as Dagster 1.13.28 answers it; undefined where it has no text for a selection.
test.each<[string, AssetSelection, string | undefined, string]>([
  ['all', AssetSelection.all(), '*', 'b c raw/a'],
  ['all with sources', AssetSelection.all({ includeSources: true }), '*', 'b c ext raw/a'],
  ['assets', AssetSelection.assets('raw/a', b), 'key:"raw/a" or key:"b"', 'b raw/a'],
  ['no assets', AssetSelection.assets(), undefined, ''],
  ['keys', AssetSelection.keys('raw/a', 'c'), 'key:"raw/a" or key:"c"', 'c raw/a'],
  ['key prefixes', AssetSelection.keyPrefixes('raw', 'c'), undefined, 'c raw/a'],
  ['a longer key prefix', AssetSelection.keyPrefixes(['raw', 'a']), undefined, 'raw/a'],
  ['a group', AssetSelection.groups('g'), 'group:"g"', 'b raw/a'],
  ['groups', AssetSelection.groups('g', 'default'), 'group:"g" or group:"default"', 'b c raw/a'],
  ['a tag', AssetSelection.tag('t', ''), 'tag:"t"', 'b'],
  ['a kind', AssetSelection.kind('python'), 'kind:"python"', 'b'],
  ['no kind', AssetSelection.kind(null), 'kind:<null>', 'c raw/a'],
  ['an owner', AssetSelection.owner('team:x'), 'owner:"team:x"', 'b'],
  ['checks', AssetSelection.checksForAssets(b), undefined, ''],
  ['without checks', AssetSelection.assets(b).withoutChecks(), undefined, 'b'],
  ['upstream', AssetSelection.assets('c').upstream(), '+key:"c"', 'b c raw/a'],
  ['one layer up', AssetSelection.assets('c').upstream({ depth: 1 }), '1+key:"c"', 'b c'],
  [
    'upstream without self',
    AssetSelection.assets('c').upstream({ includeSelf: false }),
    '+key:"c" and not key:"c"',
    'b raw/a',
  ],
  ['downstream', AssetSelection.assets('ext').downstream(), 'key:"ext"+', 'b c ext'],
  [
    'one layer down without self',
    AssetSelection.assets('ext').downstream({ depth: 1, includeSelf: false }),
    'key:"ext"+1 and not key:"ext"',
    'b',
  ],
  ['sinks', AssetSelection.all().sinks(), 'sinks(*)', 'c'],
  ['roots', AssetSelection.all().roots(), 'roots(*)', 'raw/a'],
  ['roots with sources', AssetSelection.all({ includeSources: true }).roots(), 'roots(*)', 'ext raw/a'],
  ['materializable', AssetSelection.all({ includeSources: true }).materializable(), undefined, 'b c raw/a'],
  ['upstream sources', AssetSelection.assets('c').upstreamSourceAssets(), undefined, 'ext'],
  ['and', AssetSelection.groups('g').and(AssetSelection.kind('python')), 'group:"g" and kind:"python"', 'b'],
  [
    'or',
    AssetSelection.groups('g').or(AssetSelection.assets('c')).or(AssetSelection.kind('x')),
    'group:"g" or key:"c" or kind:"x"',
    'b c raw/a',
  ],
  ['minus from all', AssetSelection.all().minus(AssetSelection.groups('g')), 'not group:"g"', 'c'],
  [
    'minus',
    AssetSelection.groups('g').minus(AssetSelection.assets('b', 'raw/a')),
    'group:"g" and not (key:"b" or key:"raw/a")',
    '',
  ],
  [
    'or inside and',
    AssetSelection.groups('g').or(AssetSelection.assets('c')).and(AssetSelection.kind('python')),
    '(group:"g" or key:"c") and kind:"python"',
    'b',
  ],
  [
    'downstream of several',
    AssetSelection.groups('g', 'h').downstream(),
    '(group:"g" or group:"h")+',
    'b c raw/a',
  ],
  ['from a string', AssetSelection.fromString('key:c and not group:g'), 'key:"c" and not group:"g"', 'c'],
])('%s finds what it does in Dagster', (_name, selection, text, keys) => {
  expect(found(selection).join(' ')).toBe(keys);
  if (text === undefined) expect(String(selection)).toContain('AssetSelection');
  else expect(String(selection)).toBe(text);
});

test('a key that no asset has is an error with what may have been meant', () => {
  expect(() => found(AssetSelection.assets('raw/b'))).toThrow('There is no asset “raw/b”. Did you mean “b”?');
  expect(() => found(AssetSelection.fromString('nothing'))).toThrow('There is no asset “nothing”.');
  expect(found(AssetSelection.fromString('key:nothing'))).toEqual([]);
});

test('a text that is no selection is refused with its place', () => {
  expect(() => AssetSelection.fromString('key:a key:b')).toThrow(
    'The selection “key:a key:b” cannot be read at character 7: “key” cannot follow here.',
  );
});

test('a selection comes from its text, from assets, or from itself', () => {
  const selection = AssetSelection.groups('g');
  expect(AssetSelection.fromCoercible(selection)).toBe(selection);
  expect(found(AssetSelection.fromCoercible('c,raw/a'))).toEqual(['c', 'raw/a']);
  expect(found(AssetSelection.fromCoercible([c, 'b']))).toEqual(['b', 'c']);
});

const onB = { assetKey: 'b', name: 'check' };
const onC = { assetKey: 'c', name: 'check' };
const graph: SelectionGraph = {
  keys: ['b', 'c'],
  of: () => ({ group: 'default', kinds: [], tags: {}, owners: [], isExternal: false }),
  upstream: () => [],
  downstream: () => [],
  executionSet: () => ['b', 'c'],
};

test.each<[AssetSelection, readonly object[]]>([
  [AssetSelection.all(), [onB, onC]],
  [AssetSelection.assets('b'), [onB]],
  [AssetSelection.assets('b').withoutChecks(), []],
  [AssetSelection.checksForAssets('c'), [onC]],
  [AssetSelection.checks('c:check', 'b:unknown'), [onC]],
  [AssetSelection.allAssetChecks(), [onB, onC]],
  [AssetSelection.all().minus(AssetSelection.checksForAssets('c')), [onB]],
  [AssetSelection.assets('b').or(AssetSelection.checksForAssets('c')), [onB, onC]],
  [AssetSelection.assets('b').and(AssetSelection.allAssetChecks()), [onB]],
])('%s selects the checks that it does in Dagster', (selection, checks) => {
  expect([...selection.resolveChecksIn(graph, [onB, onC])]).toEqual(checks);
});

test('the neighbours of a multi-asset are what is always materialized with it', () => {
  const selection = AssetSelection.assets('b').requiredMultiAssetNeighbors();
  expect([...selection.resolveIn(graph)].sort()).toEqual(['b', 'c']);
});

const anySelection = fc.letrec<{ selection: AssetSelection }>((tie) => ({
  selection: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      AssetSelection.all(),
      AssetSelection.assets('b'),
      AssetSelection.assets('c', 'raw/a'),
      AssetSelection.groups('g', 'default'),
      AssetSelection.kind(null),
      AssetSelection.fromString('key:raw/* or not tag:t'),
      AssetSelection.fromString('not (owner:"team:x" and *)'),
    ),
    fc.tuple(tie('selection'), tie('selection')).map(([left, right]) => left.and(right)),
    fc.tuple(tie('selection'), tie('selection')).map(([left, right]) => left.or(right)),
    fc.tuple(tie('selection'), tie('selection')).map(([left, right]) => left.minus(right)),
    tie('selection').map((of) => of.sinks()),
    tie('selection').map((of) => of.roots()),
    fc
      .tuple(tie('selection'), fc.boolean(), fc.nat({ max: 2 }))
      .map(([of, includeSelf, depth]) => of.upstream({ includeSelf, depth })),
    fc.tuple(tie('selection'), fc.boolean()).map(([of, includeSelf]) => of.downstream({ includeSelf })),
  ),
})).selection;

test('external assets apart, a selection means the same when it is read back from its text', () => {
  const own = [a, asset({ deps: [a], tags: { t: '' }, owners: ['team:x'] }, function b() {}), c];
  fc.assert(
    fc.property(anySelection, (selection) => {
      expect(AssetSelection.fromString(selection.toString()).resolve(own)).toEqual(selection.resolve(own));
    }),
  );
});
