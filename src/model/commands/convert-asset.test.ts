// Turned into another kind of asset without losing work: bodies are kept, readers and history stay, undo is exact.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff, invertDiff } from '../diff.ts';
import type { CodeAsset, ExternalAsset, MultiUnit, OutputAsset, ProjectDocument } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { buildGraph } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import { asUnitId } from '../ids.ts';
import { parseDocument } from '../parse-document.ts';
import { applyCommand } from './apply-command.ts';
import { conversionsOf } from './convert-asset.ts';
import type { ConvertedKind } from './convert-command.ts';
import { bodyAsAsset, bodyAsOp } from './convert-graph.ts';

const unit = { id: asUnitId('u'), name: 'multi' };

function converted(document: ProjectDocument, key: string, ...kinds: ConvertedKind[]): ProjectDocument {
  let current = document;
  for (const to of kinds) {
    const diff = applyCommand(current, { type: 'ConvertAsset', id: idOf(key), to, unit });
    if (!diff.ok) throw new Error(JSON.stringify(diff.error));
    const next = applyDiff(current, diff.value);
    if (!next.ok) throw new Error('conflict');
    const back = applyDiff(next.value, invertDiff(diff.value));
    if (!back.ok) throw new Error('conflict');
    expect(formatDocument(back.value)).toBe(formatDocument(current));
    current = next.value;
  }
  return current;
}

const assetIn = (document: ProjectDocument, key: string) => document.assets.get(idOf(key))!;

function project(): ProjectDocument {
  const plain = graph()
    .asset('source')
    .asset('orders', '({ source }) => source', { deps: ['late'] })
    .asset('late')
    .asset('report', '({ orders }) => orders')
    .document();
  const orders = assetIn(plain, 'orders') as CodeAsset;
  const full: CodeAsset = {
    ...orders,
    config: { limit: 1 },
    retryPolicy: { maxRetries: 2 },
    timeoutSeconds: 5,
    isRequired: false,
    testCases: [{ name: 'one', inputs: { source: 1 }, value: 1 }],
    description: 'All of them',
  };
  return { ...plain, assets: new Map([...plain.assets, [full.id, full]]) };
}

test('an external asset keeps the body it had, reads nothing, and is read as before', () => {
  const external = converted(project(), 'orders', 'external');
  const { from, to } = { from: idOf('orders'), to: idOf('report') };
  expect(assetIn(external, 'orders')).toMatchObject({
    kind: 'external',
    deps: ['late'],
    description: 'All of them',
  });
  expect(assetIn(external, 'orders')).not.toHaveProperty('body');
  expect(buildGraph(external).edges).toEqual([
    { from: idOf('late'), to: from, kind: 'order' },
    { from, to, kind: 'value', input: 'orders' },
  ]);
  expect(formatDocument(converted(external, 'orders', 'asset'))).toBe(formatDocument(project()));
});

test('the bodies of an asset and of its look at the data are both kept', () => {
  const observed = converted(project(), 'orders', 'observable');
  expect(assetIn(observed, 'orders')).toMatchObject({
    kind: 'observable',
    body: expect.stringContaining('DataVersion'),
  });
  const back = converted(observed, 'orders', 'external', 'asset');
  expect((assetIn(back, 'orders') as CodeAsset).body).toBe('export default ({ source }) => source');
  expect(assetIn(back, 'orders').kept?.observable?.body).toContain('DataVersion');
});

test('an external asset that another project makes keeps that, too', () => {
  const external = converted(project(), 'orders', 'external');
  const asset = { ...assetIn(external, 'orders'), location: 'Shop' } as ExternalAsset;
  const located = { ...external, assets: new Map([...external.assets, [asset.id, asset]]) };
  const there = converted(located, 'orders', 'asset');
  expect(assetIn(there, 'orders')).not.toHaveProperty('location');
  const parsed = parseDocument(formatDocument(there));
  expect(parsed.ok && formatDocument(parsed.value)).toBe(formatDocument(there));
  expect(formatDocument(converted(there, 'orders', 'external'))).toBe(formatDocument(located));
});

test('what is kept is in the file', () => {
  const document = converted(project(), 'orders', 'observable', 'external');
  const parsed = parseDocument(formatDocument(document));
  expect(parsed.ok && formatDocument(parsed.value)).toBe(formatDocument(document));
  expect(parsed.ok && parsed.value.assets.get(idOf('orders'))).toEqual(assetIn(document, 'orders'));
});

test('an asset becomes the one output of a multi-asset with the same body, and an asset again', () => {
  const multi = converted(project(), 'orders', 'multi');
  expect(multi.units.get(unit.id)).toMatchObject({
    kind: 'multi',
    body: 'export default ({ source }) => source',
    timeoutSeconds: 5,
  });
  expect(assetIn(multi, 'orders')).toMatchObject({
    kind: 'output',
    unit: 'u',
    output: 'orders',
    isRequired: false,
  });
  expect(buildGraph(multi).edges).toEqual(
    expect.arrayContaining([expect.objectContaining({ from: idOf('source'), to: idOf('orders') })]),
  );
  const back = converted(multi, 'orders', 'asset');
  expect(formatDocument(back)).toBe(formatDocument(project()));
});

test('a captured test waits while its asset is an output, and the file can be read', () => {
  for (const way of [['multi'], ['graph'], ['multi', 'multi-observable']] as const) {
    const document = converted(project(), 'orders', ...way);
    const parsed = parseDocument(formatDocument(document));
    expect(parsed.ok ? formatDocument(parsed.value) : parsed.error).toBe(formatDocument(document));
    expect(parsed.ok && parsed.value.units).toEqual(document.units);
  }
});

test('an asset becomes a graph of one op that takes its inputs by position, and an asset again', () => {
  const graphed = converted(project(), 'orders', 'graph');
  expect(graphed.units.get(unit.id)).toMatchObject({
    kind: 'graph',
    ops: [
      {
        name: 'orders',
        args: [{ input: 'source' }],
        body: 'export default (source) => source',
        config: { limit: 1 },
        retryPolicy: { maxRetries: 2 },
        timeoutSeconds: 5,
      },
    ],
    results: { orders: { op: 'orders' } },
  });
  expect(buildGraph(graphed).edges).toEqual(buildGraph(project()).edges);
  expect(formatDocument(converted(graphed, 'orders', 'asset'))).toBe(formatDocument(project()));
});

test.each([
  ['async ({ a, b: other }, context) => [a, other]', 'async (a, other, context) => [a, other]', ['a', 'b']],
  ['async function made(_, context) { }', 'async function made(context) { }', []],
  ['() => 1', '() => 1', []],
  ['({ "raw/x": rows }) => rows', '(rows) => rows', ['raw/x']],
])('the body %j is that of an op, and comes back', (own, asOp, inputs) => {
  const given = bodyAsOp(`export default ${own}`);
  expect(given).toEqual({ ok: true, value: { body: `export default ${asOp}`, inputs } });
  const args = inputs.map((input) => ({ input }));
  const op = { name: 'op', position: { x: 0, y: 0 }, args, body: `export default ${asOp}` };
  expect(bodyAsAsset(op)).toEqual({ ok: true, value: `export default ${own}` });
});

test.each([
  '({ a }: Inputs) => a',
  '({ a } = {}) => a',
  '({ a }) => new MaterializeResult({ value: a })',
  '(a) => a',
])('the body %j is not turned into that of an op', (own) => {
  expect(bodyAsOp(`export default ${own}`).ok).toBe(false);
});

test('several assets of one body become observable ones, and the body that made them waits', () => {
  const single = converted(project(), 'orders', 'multi');
  const more = {
    ...assetIn(single, 'orders'),
    id: idOf('raw/more'),
    key: 'raw/more',
    output: 'more',
  } as OutputAsset;
  const two: ProjectDocument = { ...single, assets: new Map([...single.assets, [more.id, more]]) };
  const observed = converted(two, 'orders', 'multi-observable');
  const turned = observed.units.get(unit.id) as MultiUnit;
  expect(turned).toMatchObject({
    kind: 'multi-observable',
    kept: { body: expect.stringContaining('source') },
  });
  expect(turned.body).toContain("assetKey: 'raw/more'");
  expect(turned).not.toHaveProperty('timeoutSeconds');
  const edited = { ...turned, body: 'export default () => {}' };
  const after = { ...observed, units: new Map([[unit.id, edited]]) };
  const back = converted(after, 'raw/more', 'multi');
  expect(back.units.get(unit.id)).toMatchObject({ timeoutSeconds: 5, kept: { body: edited.body } });
  expect(formatDocument(converted(back, 'orders', 'multi-observable'))).toBe(formatDocument(after));
});

test('what cannot be turned into something says why', () => {
  const two = converted(project(), 'orders', 'multi');
  const { id, ...other } = assetIn(two, 'orders');
  const another = { ...other, id: idOf('more'), key: 'more', output: 'more' } as OutputAsset;
  const more: ProjectDocument = {
    ...two,
    assets: new Map([...two.assets, [idOf('more'), another]]),
  };
  const refused = (document: ProjectDocument, to: ConvertedKind, asset = id) => {
    const result = applyCommand(document, { type: 'ConvertAsset', id: asset, to, unit });
    return result.ok ? undefined : result.error;
  };
  expect(refused(more, 'asset')).toMatchObject({
    type: 'CannotConvert',
    reason: 'its multi-asset makes others too',
  });
  // The body that would come back reads what reads the asset now.
  const external = converted(graph().asset('a', '({ b }) => b').asset('b').document(), 'a', 'external');
  const b = { ...(assetIn(external, 'b') as CodeAsset), body: 'export default ({ a }) => a' };
  const reading = { ...external, assets: new Map([...external.assets, [b.id, b]]) };
  expect(refused(reading, 'asset', idOf('a'))).toMatchObject({ type: 'CycleFound' });
});

test('any way through the kinds can be taken back byte for byte', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 7 }), (choices) => {
      let document = project();
      for (const choice of choices) {
        const kinds = conversionsOf(document, assetIn(document, 'orders'));
        document = converted(document, 'orders', kinds[choice % kinds.length]!);
      }
      // Undone at each step in `converted`; turned back, it is what it was.
      const is = (kind: ConvertedKind) => conversionsOf(document, assetIn(document, 'orders')).includes(kind);
      for (const to of ['observable', 'asset'] as const)
        if (assetIn(document, 'orders').kind !== 'asset' && is(to) && !(to === 'observable' && is('asset')))
          document = converted(document, 'orders', to);
      const { kept: _, ...orders } = assetIn(document, 'orders');
      expect(orders).toEqual(assetIn(project(), 'orders'));
    }),
  );
});
