import { describe, expect, test } from 'vitest';
import { applyDiff, invertDiff } from '../diff.ts';
import type { Check, GraphUnit, MultiUnit, OutputAsset, ProjectDocument } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { copyFragment, pasteFragment } from '../fragment.ts';
import { buildGraph } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import { asAssetId, asCheckId, asNoteId, asUnitId } from '../ids.ts';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';
import { bodyWithKeys } from './key-names.ts';

const position = { x: 0, y: 0 };

/** The document after a command, having seen that its undo gives the old one back. */
function applied(document: ProjectDocument, command: Command): ProjectDocument {
  const diff = applyCommand(document, command);
  if (!diff.ok) throw new Error(diff.error.type);
  const next = applyDiff(document, diff.value);
  if (!next.ok) throw new Error('the diff does not apply');
  const back = applyDiff(next.value, invertDiff(diff.value));
  expect(back.ok && formatDocument(back.value)).toBe(formatDocument(document));
  return next.value;
}

describe('a body that names an asset', () => {
  const sales = (body: string) => bodyWithKeys(body, (key) => (key === 'raw/orders' ? 'raw/sales' : key));

  test.each([
    ["({ assetKey: 'raw/orders' })", "({ assetKey: 'raw/sales' })"],
    ["({ assetKey: ['raw', 'orders'] })", "({ assetKey: ['raw', 'sales'] })"],
    ['({ assetKey: [ "raw", "orders", ] })', '({ assetKey: [ "raw", "sales", ] })'],
    ["({ assetKey: new AssetKey('raw/orders') })", "({ assetKey: new AssetKey('raw/sales') })"],
    ["const key = new AssetKey(['raw', 'orders']);", "const key = new AssetKey(['raw', 'sales']);"],
    ["AssetKey.fromUserString('raw/orders')", "AssetKey.fromUserString('raw/sales')"],
    ['context.getAssetProvenance("raw/orders")', 'context.getAssetProvenance("raw/sales")'],
    ["MetadataValue.asset('raw/orders')", "MetadataValue.asset('raw/sales')"],
    ["context.selectedAssetKeys.has('raw/orders')", "context.selectedAssetKeys.has('raw/sales')"],
    [
      "context.selectedAssetCheckKeys.has('raw/orders:full')",
      "context.selectedAssetCheckKeys.has('raw/sales:full')",
    ],
  ])('is led to the new name: %s', (body, after) => expect(sales(body)).toBe(after));

  test.each([
    "const text = 'raw/orders';",
    "({ assetKey: 'raw/orders/more' })",
    "({ assetKey: ['raw'] })",
    "new Set().has('raw/orders')",
    "({ assetKey: 'raw/' + 'orders' })",
    "({ assetKey: 'raw/orders",
    "yield new MaterializeResult({ assetKey: 'orders', value: 'raw/orders' })",
  ])('is left alone where that is not plain: %s', (body) => expect(sales(body)).toBe(body));

  test('keeps its list of parts when their number changes', () => {
    const body = "({ assetKey: ['orders'], b: ['orders'] })";
    expect(bodyWithKeys(body, (key) => (key === 'orders' ? 'raw/orders' : key))).toBe(
      "({ assetKey: ['raw', 'orders'], b: ['orders'] })",
    );
  });
});

const unit: MultiUnit = {
  kind: 'multi',
  id: asUnitId('split'),
  name: 'split',
  position,
  checks: [{ name: 'whole', asset: 'left', additionalDeps: ['orders'] }],
  body: "import type { Inputs } from '#types/split';\nexport default function* split({ orders }) { yield new AssetMaterialization({ assetKey: 'orders' }); }",
};
const slow: GraphUnit = {
  kind: 'graph',
  id: asUnitId('slow'),
  name: 'slow',
  position,
  ops: [
    {
      name: 'pick',
      position,
      args: [{ input: 'orders' }],
      body: "export default (orders, context) => { context.getAssetProvenance('orders'); return orders; };",
    },
  ],
  results: { result: { op: 'pick' } },
};
const output = (key: string, of: MultiUnit | GraphUnit, name: string): OutputAsset => ({
  kind: 'output',
  id: idOf(key),
  key,
  position,
  unit: of.id,
  output: name,
});
const several: Check = {
  id: asCheckId('several'),
  name: 'several',
  specs: [
    { name: 'one', asset: 'orders' },
    { name: 'two', asset: 'left' },
  ],
  body: "export default function* ({ orders }) { yield new AssetCheckResult({ passed: true, assetKey: 'orders' }); }",
};
const base = graph()
  .asset('orders')
  .asset('elsewhere', "() => new MaterializeResult({ metadata: { of: MetadataValue.asset('orders') } })", {
    checks: [{ name: 'fine', additionalDeps: ['orders'] }],
  })
  .document();
const start: ProjectDocument = {
  ...applied(base, {
    type: 'AddAssets',
    units: [unit, slow],
    assets: [output('left', unit, 'left'), output('slow_orders', slow, 'result')],
  }),
  checks: new Map([[several.id, several]]),
};

test('a renamed asset is named otherwise in every body and in every check that waits for it', () => {
  const next = applied(start, { type: 'RenameAsset', id: idOf('orders'), key: 'sales' });
  expect(next.units.get(unit.id)).toMatchObject({
    body: expect.stringContaining(
      "({ sales: orders }) { yield new AssetMaterialization({ assetKey: 'sales' })",
    ),
    checks: [{ asset: 'left', additionalDeps: ['sales'] }],
  });
  expect(next.units.get(slow.id)).toMatchObject({
    ins: { orders: 'sales' },
    ops: [{ body: expect.stringContaining("getAssetProvenance('sales')") }],
  });
  expect(next.checks.get(several.id)).toMatchObject({
    ins: { orders: 'sales' },
    body: expect.stringContaining("assetKey: 'sales'"),
  });
  expect(next.assets.get(idOf('elsewhere'))).toMatchObject({
    body: expect.stringContaining("MetadataValue.asset('sales')"),
    checks: [{ additionalDeps: ['sales'] }],
  });
});

test('copies name the copies', () => {
  let n = 0;
  const pasted = pasteFragment(start, copyFragment(buildGraph(start), ['orders', 'left'].map(idOf)), {
    newAssetId: () => asAssetId(`new-${++n}`),
    newNoteId: () => asNoteId('note'),
    newUnitId: () => asUnitId('split-2'),
    newCheckId: () => asCheckId('check'),
  });
  const orders = pasted.assets[0]!.key;
  expect(orders).not.toBe('orders');
  expect(pasted.units[0]).toMatchObject({ body: expect.stringContaining(`assetKey: '${orders}'`) });
});

test('the types that a body imports by its name go along when a unit, an op or a check is renamed', () => {
  const unitBody = (document: ProjectDocument) => (document.units.get(unit.id) as MultiUnit).body;
  const renamed = applied(start, { type: 'UpdateUnit', id: unit.id, change: { name: 'parts' } });
  expect(unitBody(renamed)).toContain("from '#types/parts'");
  expect(unitBody(renamed)).toContain('function* parts({ orders })');

  const typed =
    "import type { Inputs } from '#types/pick';\nexport default (orders: Inputs['orders']) => orders;";
  const op = { ...slow, ops: [{ ...slow.ops[0]!, body: typed }] };
  const withOp = { ...start, units: new Map(start.units).set(slow.id, op) };
  const next = applied(withOp, { type: 'RenameOp', unit: slow.id, op: 'pick', name: 'choose' });
  expect(next.units.get(slow.id)).toMatchObject({
    ops: [{ name: 'choose', body: expect.stringContaining("'#types/choose'") }],
  });

  const check = {
    ...several,
    body: "import type { Inputs } from '#types/several';\nexport default () => true;",
  };
  const withCheck = { ...start, checks: new Map([[check.id, check]]) };
  const called = applied(withCheck, { type: 'UpdateCheck', id: check.id, change: { name: 'both' } });
  expect(called.checks.get(check.id)?.body).toContain("'#types/both'");
});
