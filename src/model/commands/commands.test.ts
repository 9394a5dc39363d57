import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invertDiff, sameRecord } from '../diff.ts';
import type { CodeAsset, ProjectDocument } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { buildGraph } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import { appendEntry, entryFor, type History, type Intent, startHistory } from '../history.ts';
import { asTabId } from '../ids.ts';
import { parseDocument } from '../parse-document.ts';
import { editBetween } from '../text-edit.ts';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';

const author = { by: asTabId('tab'), at: 0 };

function after(document: ProjectDocument, ...commands: Command[]): ProjectDocument {
  let history = startHistory(document);
  for (const command of commands) {
    const entry = entryFor(history, { type: 'do', command }, author);
    if (!entry.ok) throw new Error(entry.error.type);
    if (!entry.value) continue;
    const next = appendEntry(history, entry.value);
    if (!next.ok) throw new Error('conflict');
    history = next.value;
  }
  return history.document;
}

const bodyOf = (document: ProjectDocument, key: string) => (document.assets.get(idOf(key)) as CodeAsset).body;

test('drawing an edge adds the name to the pattern, and deleting it takes the name out', () => {
  const before = graph()
    .asset('orders')
    .asset('report', 'function report({ }, context) {\n  return 1;\n}')
    .document();
  const connected = after(before, {
    type: 'ConnectAssets',
    from: idOf('orders'),
    to: idOf('report'),
    kind: 'value',
  });
  expect(bodyOf(connected, 'report')).toContain('function report({ orders }, context)');
  expect(buildGraph(connected).edges).toEqual([
    { from: idOf('orders'), to: idOf('report'), kind: 'value', input: 'orders' },
  ]);
  const apart = after(connected, { type: 'DisconnectAssets', from: idOf('orders'), to: idOf('report') });
  expect(buildGraph(apart).edges).toEqual([]);
});

test('a key that is no plain name is connected through an `ins` entry', () => {
  const before = graph().asset('raw/orders').asset('report').document();
  const connected = after(before, {
    type: 'ConnectAssets',
    from: idOf('raw/orders'),
    to: idOf('report'),
    kind: 'value',
  });
  expect(bodyOf(connected, 'report')).toBe('export default ({ orders }) => 1');
  expect((connected.assets.get(idOf('report')) as CodeAsset).ins).toEqual({ orders: 'raw/orders' });
});

test('an edge that would close a cycle is refused and names the cycle', () => {
  const document = graph().asset('a').asset('b', '({ a }) => a').asset('c', '({ b }) => b').document();
  const result = applyCommand(document, {
    type: 'ConnectAssets',
    from: idOf('c'),
    to: idOf('a'),
    kind: 'value',
  });
  expect(result).toEqual({ ok: false, error: { type: 'CycleFound', path: ['a', 'b', 'c'] } });
});

test('renaming an asset rewrites every reader and keeps the variable they use', () => {
  const before = graph()
    .asset('orders', 'function orders() { return 1; }')
    .asset('report', '({ orders }) => orders + 1')
    .asset('later', '() => 1', { deps: ['orders'] })
    .document();
  const renamed = after(before, { type: 'RenameAsset', id: idOf('orders'), key: 'purchases' });
  expect(bodyOf(renamed, 'orders')).toBe('export default function purchases() { return 1; }');
  expect(bodyOf(renamed, 'report')).toBe('export default ({ purchases: orders }) => orders + 1');
  expect(renamed.assets.get(idOf('later'))?.deps).toEqual(['purchases']);
  expect(buildGraph(renamed).unresolved).toEqual([]);
});

test('what was captured for the tests of an asset follows an input that gets another key', () => {
  const testCases = [{ name: 'a run', inputs: { orders: [1], other: 2 }, value: 3 }];
  const before = graph().asset('orders').asset('total', '({ orders }) => orders', { testCases }).document();
  const renamed = after(before, { type: 'RenameAsset', id: idOf('orders'), key: 'raw/purchases' });
  expect((renamed.assets.get(idOf('total')) as CodeAsset).testCases).toEqual([
    { name: 'a run', inputs: { 'raw/purchases': [1], other: 2 }, value: 3 },
  ]);
});

test('an asset that reads itself is renamed in one change and can be undone', () => {
  const before = graph().asset('a', '({ a }) => a').document();
  const diff = applyCommand(before, { type: 'RenameAsset', id: idOf('a'), key: 'b' });
  if (!diff.ok) throw new Error('refused');
  expect(diff.value.changes).toHaveLength(1);
  expect(bodyOf(after(before, { type: 'RenameAsset', id: idOf('a'), key: 'b' }), 'a')).toContain('b: a');
});

test('a taken or malformed key is refused', () => {
  const document = graph().asset('a').asset('b').document();
  expect(applyCommand(document, { type: 'RenameAsset', id: idOf('a'), key: 'b' })).toMatchObject({
    error: { type: 'KeyTaken' },
  });
  for (const key of ['', ' ', 'a/', '<img onerror=x>', 'a\u0000b', '../x y'])
    expect(applyCommand(document, { type: 'RenameAsset', id: idOf('a'), key }).ok).toBe(false);
});

const commandOf = (document: ProjectDocument): fc.Arbitrary<Intent> => {
  const ids = [...document.assets.keys()];
  const anyId = fc.constantFrom(...(ids.length > 0 ? ids : [idOf('none')]));
  const name = fc.constantFrom('a', 'b', 'c', 'raw/d', 'raw/e', 'f-1');
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({ name, n: fc.nat(99) }).map(({ name: key, n }) => ({
      type: 'AddAssets' as const,
      assets: [
        {
          kind: 'asset' as const,
          id: idOf(`${key}${n}`),
          key,
          position: { x: n, y: 0 },
          body: 'export default () => 1',
        },
      ],
    })),
    anyId.map((id) => ({ type: 'DeleteItems' as const, assets: [id] })),
    fc.record({ id: anyId, key: name }).map(({ id, key }) => ({ type: 'RenameAsset' as const, id, key })),
    fc
      .record({ from: anyId, to: anyId, kind: fc.constantFrom('value' as const, 'order' as const) })
      .map((ends) => ({ type: 'ConnectAssets' as const, ...ends })),
    fc.record({ from: anyId, to: anyId }).map((ends) => ({ type: 'DisconnectAssets' as const, ...ends })),
    fc.record({ id: anyId, x: fc.integer() }).map(({ id, x }) => ({
      type: 'MoveItems' as const,
      assets: [[id, { x, y: 1 }] as const],
    })),
    fc.record({ id: anyId, text: fc.string() }).map(({ id, text }) => {
      const asset = document.assets.get(id);
      const body = asset?.kind === 'asset' ? asset.body : '';
      return { type: 'EditBody' as const, id, edit: editBetween(body, `${body}\n// ${text}`)! };
    }),
    fc.record({ id: anyId, group: fc.constantFrom('g', null) }).map(({ id, group }) => ({
      type: 'UpdateAsset' as const,
      id,
      change: { group },
    })),
  );
  return fc.oneof(
    { weight: 8, arbitrary: command.map((item) => ({ type: 'do' as const, command: item })) },
    { weight: 1, arbitrary: fc.constant({ type: 'undo' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'redo' as const }) },
  );
};

function step(history: History, intent: Intent): History {
  const entry = entryFor(history, intent, author);
  if (!entry.ok || !entry.value) return history;
  const next = appendEntry(history, entry.value);
  if (!next.ok) throw new Error(`conflict at ${next.error.id}`);
  return next.value;
}

test('any random edits undone all the way give the first document byte for byte, and redone the last', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(2 ** 30)), fc.nat(60), (seeds, length) => {
      const first = graph().asset('a').asset('b', '({ a }) => a').document();
      let history = startHistory(first);
      for (let i = 0; i < length; i++) {
        const [intent] = fc.sample(commandOf(history.document), { numRuns: 1, seed: seeds.next().value! });
        history = step(history, intent!);
      }
      const last = formatDocument(history.document);
      const standing = history.done.length;
      while (history.done.length > 0) history = step(history, { type: 'undo' });
      expect(formatDocument(history.document)).toBe(formatDocument(first));
      for (let i = 0; i < standing; i++) history = step(history, { type: 'redo' });
      expect(formatDocument(history.document)).toBe(last);
    }),
    { numRuns: 300 },
  );
});

test('a document survives its file: format, parse, format are the same bytes', () => {
  const document = graph()
    .asset('a', 'function a() {\n  return `x`;\n}\n', {
      tags: { b: '2', a: '1' },
      deps: ['z'],
      config: { deep: [1, null] },
    })
    .asset('raw/b', '({ a }) => a', { ins: { a: 'a' }, retryPolicy: { maxRetries: 2, delay: 1 } })
    .external('z')
    .module('stats', 'export const one = 1;')
    .document();
  const text = formatDocument(document);
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  expect(formatDocument(parsed.value)).toBe(text);
  expect(sameRecord([...parsed.value.assets.values()], [...document.assets.values()])).toBe(true);
});

test('the inverse of an inverse is the diff itself', () => {
  const document = graph().asset('a').document();
  const diff = applyCommand(document, { type: 'RenameAsset', id: idOf('a'), key: 'b' });
  if (!diff.ok) throw new Error('refused');
  expect(invertDiff(invertDiff(diff.value))).toEqual(diff.value);
});

test('an `ins` entry that typing has left behind does not lead a new edge elsewhere', () => {
  const before = graph()
    .asset('orders')
    .asset('raw/orders')
    .asset('report', '({ }) => 1', { ins: { orders: 'raw/orders' } })
    .document();
  const ends = { from: idOf('orders'), to: idOf('report') };
  const connected = after(before, { type: 'ConnectAssets', ...ends, kind: 'value' });
  expect(buildGraph(connected).edges).toMatchObject([{ ...ends, kind: 'value' }]);
});

test('deleting an edge also takes the dep that the input had hidden', () => {
  const before = graph()
    .asset('orders')
    .asset('report', '({ orders }) => 1', { deps: ['orders'] })
    .document();
  const apart = after(before, { type: 'DisconnectAssets', from: idOf('orders'), to: idOf('report') });
  expect(buildGraph(apart).edges).toEqual([]);
});

test('taking away a dep leaves one of a like name alone', () => {
  const before = graph()
    .asset('orders')
    .asset('raw/orders')
    .asset('report', '() => 1', { deps: ['orders', 'raw/orders'] })
    .document();
  const apart = after(before, { type: 'DisconnectAssets', from: idOf('raw/orders'), to: idOf('report') });
  expect(apart.assets.get(idOf('report'))?.deps).toEqual(['orders']);
});

test('several bodies are edited in one command, all of them or none', () => {
  const before = graph().asset('a', '() => 1').asset('b', '() => 1').document();
  const edit = editBetween('export default () => 1', 'export default () => 2')!;
  const edits: Command = {
    type: 'Compose',
    label: 'Rename',
    commands: [
      { type: 'EditBody', id: idOf('a'), edit },
      { type: 'EditBody', id: idOf('b'), edit },
    ],
  };
  const edited = after(before, edits);
  expect([bodyOf(edited, 'a'), bodyOf(edited, 'b')]).toEqual([
    'export default () => 2',
    'export default () => 2',
  ]);
  const gone = graph().asset('a', '() => 1').asset('b', '() => "other"').document();
  expect(applyCommand(gone, edits)).toMatchObject({
    ok: false,
    error: { type: 'EditDoesNotApply', key: 'b' },
  });
});
