import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff, invertDiff } from '../diff.ts';
import type { CodeAsset, ProjectDocument } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { buildGraph, topologicalOrder } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import type { AssetId } from '../ids.ts';
import { randomDocument } from '../random-graph.ts';
import { applyCommand } from './apply-command.ts';
import { healedReaders } from './heal.ts';

function heal(document: ProjectDocument, ids: readonly AssetId[]): ProjectDocument {
  const diff = applyCommand(document, { type: 'DeleteItems', assets: ids, heal: true });
  if (!diff.ok) throw new Error(diff.error.type);
  const after = applyDiff(document, diff.value);
  if (!after.ok) throw new Error('conflict');
  const back = applyDiff(after.value, invertDiff(diff.value));
  expect(back.ok && formatDocument(back.value)).toBe(formatDocument(document));
  return after.value;
}

const bodyOf = (document: ProjectDocument, key: string) => (document.assets.get(idOf(key)) as CodeAsset).body;

test('the reader of a deleted asset reads what it read, under the variable that its code uses', () => {
  const before = graph()
    .asset('orders')
    .asset('cleaned', '({ orders }) => orders')
    .asset('report', '({ cleaned }) => cleaned.length')
    .document();
  const after = heal(before, [idOf('cleaned')]);
  expect(bodyOf(after, 'report')).toBe('export default ({ orders: cleaned }) => cleaned.length');
  expect(buildGraph(after).unresolved).toEqual([]);
});

test('a row of deleted assets is led on to what the first of them read', () => {
  const before = graph()
    .asset('a')
    .asset('b', '({ a }) => a')
    .asset('c', '({ b }) => b')
    .asset('d', '({ c }) => c')
    .document();
  const after = heal(before, [idOf('b'), idOf('c')]);
  expect(bodyOf(after, 'd')).toBe('export default ({ a: c }) => c');
});

test('a reader that reads that value already gets it under a second name', () => {
  const before = graph().asset('a').asset('b', '({ a }) => a').asset('c', '({ a, b }) => a + b').document();
  const after = heal(before, [idOf('b')]);
  expect(bodyOf(after, 'c')).toBe('export default ({ a, b }) => a + b');
  expect((after.assets.get(idOf('c')) as CodeAsset).ins).toEqual({ b: 'a' });
});

test('of several values none is chosen: the input stays as it is, to be mended by hand', () => {
  const before = graph()
    .asset('a')
    .asset('b')
    .asset('both', '({ a, b }) => a + b')
    .asset('report', '({ both }) => both')
    .document();
  const after = heal(before, [idOf('both')]);
  expect(bodyOf(after, 'report')).toBe('export default ({ both }) => both');
});

test('order is led on to everything that the deleted asset waited for', () => {
  const before = graph()
    .asset('a')
    .asset('b')
    .asset('middle', '({ a }) => a', { deps: ['b'] })
    .asset('last', '() => 1', { deps: ['middle'] })
    .document();
  expect(heal(before, [idOf('middle')]).assets.get(idOf('last'))?.deps).toEqual(['a', 'b']);
});

test('an end of the graph has nobody to reconnect', () => {
  const before = graph().asset('a').asset('b', '({ a }) => a').document();
  expect(healedReaders(before, new Set([idOf('b')])).size).toBe(0);
});

test('whatever waited for something through deleted assets still waits for it, and no cycle appears', () => {
  fc.assert(
    fc.property(randomDocument, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), (before, chosen) => {
      const gone = new Set([...before.assets.keys()].filter((_id, i) => chosen[i]));
      const after = heal(before, [...gone]);
      const above = (document: ProjectDocument, id: AssetId) => {
        const found = new Set<AssetId>();
        const { upstream } = buildGraph(document);
        const queue = [id];
        for (let i = 0; i < queue.length; i++)
          for (const { from } of upstream.get(queue[i]!) ?? [])
            if (!found.has(from)) {
              found.add(from);
              queue.push(from);
            }
        return found;
      };
      expect(topologicalOrder(buildGraph(after)).type).toBe('Ordered');
      for (const id of after.assets.keys()) {
        const expected = [...above(before, id)].filter((up) => !gone.has(up)).sort();
        expect([...above(after, id)].sort()).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});
