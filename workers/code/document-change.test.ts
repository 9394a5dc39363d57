import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomProject } from '#interop/typescript/random-project.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { changeBetween, changed } from './document-change.ts';

test('a document that follows the changes is the same document, in the same order', () => {
  fc.assert(
    fc.property(fc.array(randomProject, { minLength: 2, maxLength: 4 }), (documents) => {
      let [before, ...others] = documents;
      let followed = before;
      for (const after of others) {
        if (!before || !followed) continue;
        followed = changed(followed, structuredClone(changeBetween(before, after)));
        before = after;
        expect(followed).toEqual(after);
        expect([...followed.assets.keys()]).toEqual([...after.assets.keys()]);
      }
    }),
    { numRuns: 50 },
  );
});

test('only records that are no longer the same pass', () => {
  const before = graph().asset('a').asset('b').asset('c').document();
  const assets = new Map(before.assets);
  assets.delete(idOf('a'));
  const after = graph({ ...before, assets })
    .asset('b', '() => 2')
    .document();
  const change = changeBetween(before, after);
  expect([...change.tables.keys()]).toEqual(['assets']);
  expect([...(change.tables.get('assets')?.records.keys() ?? [])]).toEqual([idOf('b')]);
  expect(changed(before, change).assets.get(idOf('c'))).toBe(before.assets.get(idOf('c')));
});
