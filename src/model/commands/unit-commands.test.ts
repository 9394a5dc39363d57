import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDiff, invertDiff } from '../diff.ts';
import type { MultiUnit, OutputAsset, ProjectDocument } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { copyFragment, pasteFragment } from '../fragment.ts';
import { buildGraph } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import { asAssetId, asCheckId, asNoteId, asUnitId } from '../ids.ts';
import { editBetween } from '../text-edit.ts';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';

const splitId = asUnitId('split');
const position = { x: 0, y: 0 };
const unit: MultiUnit = {
  kind: 'multi',
  id: splitId,
  name: 'split',
  position,
  body: 'export default ({ orders }) => ({ left: orders, right: 2 })',
};
const output = (key: string): OutputAsset => ({
  kind: 'output',
  id: idOf(key),
  key,
  position,
  unit: splitId,
  output: key,
});
const add: Command = { type: 'AddAssets', units: [unit], assets: [output('left'), output('right')] };
const base = graph().asset('orders').asset('more').asset('reader', '({ left }) => left').document();

/** The document after a command, having seen that its undo gives the old one back. */
function applied(document: ProjectDocument, command: Command, ...more: readonly Command[]): ProjectDocument {
  const diff = applyCommand(document, command);
  if (!diff.ok) throw new Error(diff.error.type);
  const next = applyDiff(document, diff.value);
  if (!next.ok) throw new Error('the diff does not apply');
  const back = applyDiff(next.value, invertDiff(diff.value));
  expect(back.ok && formatDocument(back.value)).toBe(formatDocument(document));
  const [then, ...rest] = more;
  return then ? applied(next.value, then, ...rest) : next.value;
}
const refusal = (document: ProjectDocument, command: Command) => {
  const diff = applyCommand(document, command);
  return diff.ok ? undefined : diff.error;
};
const start = applied(base, add);
const unitOf = (document: ProjectDocument) => document.units.get(splitId) as MultiUnit;
const edges = (document: ProjectDocument) =>
  buildGraph(document)
    .edges.map(({ from, to }) => `${from} ${to}`)
    .sort();

describe('a unit', () => {
  test('is added with its outputs in one step', () => {
    expect(edges(start)).toEqual(['id-left id-reader', 'id-orders id-left', 'id-orders id-right']);
    expect(refusal(base, { type: 'AddAssets', assets: [output('left')] })?.type).toBe('UnitNotFound');
    expect(refusal(start, { ...add, assets: [] })?.type).toBe('UnitExists');
  });

  test('an edge drawn to one output adds the name to the one body, for all of its outputs', () => {
    const next = applied(start, {
      type: 'ConnectAssets',
      from: idOf('more'),
      to: idOf('right'),
      kind: 'value',
    });
    expect(unitOf(next).body).toContain('({ orders, more })');
    expect(edges(next)).toContain('id-more id-left');
    expect(
      refusal(next, { type: 'ConnectAssets', from: idOf('more'), to: idOf('left'), kind: 'value' })?.type,
    ).toBe('AlreadyConnected');
    const back = applied(next, { type: 'DisconnectAssets', from: idOf('more'), to: idOf('left') });
    expect(formatDocument(back)).toBe(formatDocument(start));
  });

  test('reads nothing that comes from any of its outputs', () => {
    const connect = (from: string): Command => ({
      type: 'ConnectAssets',
      from: idOf(from),
      to: idOf('right'),
      kind: 'value',
    });
    expect(refusal(start, connect('reader'))?.type).toBe('CycleFound');
    expect(refusal(start, connect('left'))?.type).toBe('NoInputs');
  });

  test('follows the rename of what it reads, and its readers follow the rename of an output', () => {
    const next = applied(start, { type: 'RenameAsset', id: idOf('orders'), key: 'raw_orders' });
    expect(unitOf(next).body).toContain('raw_orders: orders');
    expect(edges(next)).toEqual(edges(start));
    const other = applied(start, { type: 'RenameAsset', id: idOf('left'), key: 'west' });
    expect(edges(other)).toEqual(edges(start));
    expect(other.assets.get(idOf('left'))).toMatchObject({ key: 'west', output: 'left' });
  });

  test('goes with the last of its outputs, and not before', () => {
    const one = applied(start, { type: 'DeleteItems', assets: [idOf('left')] });
    expect(one.units.size).toBe(1);
    expect(applied(one, { type: 'DeleteItems', assets: [idOf('right')] }).units.size).toBe(0);
    expect(applied(start, { type: 'DeleteItems', assets: [idOf('left'), idOf('right')] }).units.size).toBe(0);
  });

  test('its body is edited as one text, its outputs are renamed and its settings changed', () => {
    const edit = editBetween(unit.body, `// more\n${unit.body}`)!;
    expect(unitOf(applied(start, { type: 'EditUnitBody', id: splitId, edit })).body).toMatch(/^\/\/ more/);
    const renamed = applied(start, { type: 'RenameOutput', id: idOf('left'), output: 'west' });
    expect(renamed.assets.get(idOf('left'))).toMatchObject({ key: 'left', output: 'west' });
    expect(unitOf(renamed).body).toBe('export default ({ orders }) => ({ west: orders, right: 2 })');
    expect(refusal(start, { type: 'RenameOutput', id: idOf('left'), output: 'right' })?.type).toBe(
      'OutputTaken',
    );
    expect(unitOf(applied(start, { type: 'UpdateUnit', id: splitId, change: { canSubset: true } }))).toEqual({
      ...unit,
      canSubset: true,
    });
    expect(
      unitOf(applied(start, { type: 'MoveItems', assets: [], units: [[splitId, { x: 8, y: 8 }]] })),
    ).toEqual({ ...unit, position: { x: 8, y: 8 } });
  });

  test('whatever names a renamed asset follows: inputs, other outputs, results, checks', () => {
    const body =
      "export default function* ({ orders }) { yield new MaterializeResult({ assetKey: 'left' }); }";
    const spec = { name: 'fine', asset: 'right', additionalDeps: ['left', 'orders'] };
    const check = {
      id: asCheckId('c'),
      name: 'fine',
      specs: [spec],
      body: 'export default ({ right }) => true',
    };
    const before: ProjectDocument = {
      ...start,
      units: new Map([
        [splitId, { ...unit, body, ins: { orders: 'orders' }, internalDeps: { right: ['left', 'orders'] } }],
      ]),
      checks: new Map([[check.id, check]]),
    };
    const next = applied(
      before,
      { type: 'RenameAsset', id: idOf('left'), key: 'west' },
      { type: 'RenameAsset', id: idOf('orders'), key: 'raw/orders' },
    );
    expect(unitOf(next)).toMatchObject({
      ins: { orders: 'raw/orders' },
      internalDeps: { right: ['west', 'raw/orders'] },
    });
    expect(unitOf(next).body).toContain("assetKey: 'west'");
    expect(next.checks.get(check.id)!.specs[0]!.additionalDeps).toEqual(['west', 'raw/orders']);
    expect(edges(next)).toEqual(edges(before));
  });

  test('a copy makes copies, under free names, and reads the copies of what was copied along', () => {
    const ids = ['orders', 'left', 'right', 'reader'].map(idOf);
    let n = 0;
    const pasted = pasteFragment(start, copyFragment(buildGraph(start), ids), {
      newAssetId: () => asAssetId(`new-${++n}`),
      newNoteId: () => asNoteId('note'),
      newUnitId: () => asUnitId('split-2'),
      newCheckId: () => asCheckId('check'),
    });
    const next = applied(start, { type: 'AddAssets', assets: pasted.assets, units: pasted.units });
    expect(next.units.get(asUnitId('split-2'))).toMatchObject({ name: 'split_copy' });
    expect(edges(next)).toEqual([...edges(start), 'new-1 new-2', 'new-1 new-3', 'new-2 new-4'].sort());
  });
});

test('whatever is done to a unit, undo gives the document back', () => {
  const acts: readonly Command[] = [
    { type: 'ConnectAssets', from: idOf('more'), to: idOf('left'), kind: 'value' },
    { type: 'ConnectAssets', from: idOf('more'), to: idOf('right'), kind: 'order' },
    { type: 'DisconnectAssets', from: idOf('orders'), to: idOf('right') },
    { type: 'DisconnectAssets', from: idOf('more'), to: idOf('right') },
    { type: 'RenameAsset', id: idOf('orders'), key: 'raw/orders' },
    { type: 'RenameAsset', id: idOf('left'), key: 'west' },
    { type: 'RenameOutput', id: idOf('left'), output: 'first' },
    { type: 'DeleteItems', assets: [idOf('orders')], heal: true },
    { type: 'DeleteItems', assets: [idOf('left')], heal: true },
    { type: 'DeleteItems', assets: [idOf('right')] },
    { type: 'UpdateUnit', id: splitId, change: { name: 'parts', canSubset: true } },
    { type: 'UpdateUnit', id: splitId, change: { canSubset: null } },
    { type: 'UpdateAsset', id: idOf('right'), change: { isRequired: false } },
    add,
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), (commands) => {
      let document = base;
      for (const command of [add, ...commands])
        if (applyCommand(document, command).ok) document = applied(document, command);
    }),
    { numRuns: 200 },
  );
});
