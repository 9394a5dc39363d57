import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCommand } from './commands/apply-command.ts';
import { applyDiff } from './diff.ts';
import type { Check, CodeAsset, ProjectDocument } from './document.ts';
import { formatDocument } from './format-document.ts';
import { copyFragment, freeCopyKey, pasteFragment } from './fragment.ts';
import { buildGraph } from './graph.ts';
import { graph, idOf } from './graph-builder.ts';
import { type AssetId, asAssetId, asCheckId, asNoteId, asUnitId } from './ids.ts';
import { parseDocument } from './parse-document.ts';
import { randomDocument } from './random-graph.ts';

function paste(document: ProjectDocument, fragment: ProjectDocument) {
  let n = 0;
  const pasted = pasteFragment(document, fragment, {
    newAssetId: () => asAssetId(`new${++n}`),
    newUnitId: () => asUnitId(`unit${++n}`),
    newNoteId: () => asNoteId(`note${++n}`),
    newCheckId: () => asCheckId(`check${++n}`),
  });
  const diff = applyCommand(document, { type: 'AddAssets', ...pasted });
  if (!diff.ok) throw new Error(diff.error.type);
  const after = applyDiff(document, diff.value);
  if (!after.ok) throw new Error('conflict');
  return { pasted, after: after.value };
}

const copy = (document: ProjectDocument, ...keys: string[]) =>
  copyFragment(buildGraph(document), keys.map(idOf));
const bodyOf = (document: ProjectDocument, key: string) =>
  ([...document.assets.values()].find((asset) => asset.key === key) as CodeAsset).body;

test('copies are connected among themselves, under the variables that the code uses', () => {
  const before = graph()
    .asset('orders', 'function orders() { return []; }')
    .asset('report', 'function report({ orders }) { return orders.length; }')
    .document();
  const { after } = paste(before, copy(before, 'orders', 'report'));
  expect(bodyOf(after, 'orders_copy')).toContain('function orders_copy()');
  expect(bodyOf(after, 'report_copy')).toContain(
    'function report_copy({ orders_copy: orders }) { return orders.length; }',
  );
  expect(bodyOf(after, 'report')).toContain('({ orders })');
});

test('a link to an asset that is not copied stays where its key exists', () => {
  const before = graph().asset('orders').asset('report', '({ orders }) => orders').document();
  const { after } = paste(before, copy(before, 'report'));
  expect(buildGraph(after).edges.map(({ from, to }) => [from, to])).toEqual([
    [idOf('orders'), idOf('report')],
    [idOf('orders'), 'new1'],
  ]);
});

test('a fragment is text that any project takes, and keeps its names where they are free', () => {
  const before = graph()
    .asset('orders', "async () => (await import('#lib/stats.ts')).one")
    .asset('report', '({ orders }) => orders')
    .module('stats', 'export const one = 1;')
    .document();
  const text = formatDocument(copy(before, 'orders', 'report'));
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { pasted, after } = paste(graph().asset('other').document(), parsed.value);
  expect(pasted.assets.map((asset) => asset.key)).toEqual(['orders', 'report']);
  expect(pasted.modules.map((module) => module.name)).toEqual(['stats']);
  expect(buildGraph(after).edges).toHaveLength(1);
});

test('an asset that was cut comes back as itself; one that is still there becomes another', () => {
  const before = graph().asset('a').document();
  const fragment = copy(before, 'a');
  expect(paste(graph().document(), fragment).pasted.assets[0]?.id).toBe(idOf('a'));
  expect(paste(before, fragment).pasted.assets[0]?.id).toBe('new1');
});

test('a copy of a copy counts on', () => {
  expect(freeCopyKey(new Set(['a']), 'a')).toBe('a_copy');
  expect(freeCopyKey(new Set(['a', 'a_copy']), 'a_copy')).toBe('a_copy_2');
  expect(freeCopyKey(new Set(['a', 'a_copy', 'a_copy_2']), 'a')).toBe('a_copy_3');
});

test('an input that finds its asset by group is spelled out in the copy', () => {
  const before = graph()
    .asset('raw/orders', '() => 1', { group: 'sales' })
    .asset('report', '({ orders }) => orders', { group: 'sales' })
    .document();
  const { after } = paste(before, copy(before, 'report'));
  expect(buildGraph(after).edges.map((edge) => edge.from)).toEqual([idOf('raw/orders'), idOf('raw/orders')]);
});

test('pasted edges are those of the originals, for any graph and any part of it', () => {
  fc.assert(
    fc.property(randomDocument, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), (before, chosen) => {
      const originals = [...before.assets.keys()].filter((_id, i) => chosen[i]);
      const { pasted, after } = paste(before, copyFragment(buildGraph(before), originals));
      const copyOf = new Map<AssetId, AssetId>(originals.map((id, i) => [id, pasted.assets[i]!.id]));
      const edgesOf = (document: ProjectDocument, to: AssetId) =>
        (buildGraph(document).upstream.get(to) ?? []).map(({ from, kind }) => ({ from, kind }));
      for (const id of originals) {
        const expected = edgesOf(before, id).map(({ from, kind }) => ({
          from: copyOf.get(from) ?? from,
          kind,
        }));
        expect(edgesOf(after, copyOf.get(id)!)).toEqual(expected);
        expect(edgesOf(after, id)).toEqual(edgesOf(before, id));
      }
      expect(buildGraph(after).unresolved).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('copies bring their checks along, which then check the copies', () => {
  const plain = graph().asset('orders').asset('cities').document();
  const check = (name: string, ...assets: string[]): Check => ({
    id: asCheckId(name),
    name,
    specs: assets.map((asset) => ({ name, asset, additionalDeps: ['cities'] })),
    ins: { towns: 'cities' },
    body: 'export default ({ rows, towns }) => true',
  });
  const checks = new Map(
    [check('own', 'orders'), check('both', 'orders', 'cities')].map((one) => [one.id, one]),
  );
  const { after } = paste({ ...plain, checks }, copy({ ...plain, checks }, 'orders'));
  expect([...after.checks.values()].slice(2)).toMatchObject([
    { specs: [{ name: 'own', asset: 'orders_copy', additionalDeps: ['cities'] }], ins: { towns: 'cities' } },
    { specs: [{ name: 'both', asset: 'orders_copy' }] },
  ]);
  expect(after.checks.size).toBe(4);
});
