import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff, type GraphDiff, invertDiff } from '../diff.ts';
import type { Check, ProjectDocument } from '../document.ts';
import { graph, idOf } from '../graph-builder.ts';
import { asCheckId } from '../ids.ts';
import { editBetween } from '../text-edit.ts';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';

const full: Check = {
  id: asCheckId('full'),
  name: 'is_full',
  specs: [{ name: 'is_full', asset: 'orders' }],
  body: 'export default ({ rows }) => rows.length > 0',
  template: { type: 'row-count', min: 1 },
};
const linked: Check = {
  id: asCheckId('linked'),
  name: 'linked',
  specs: [{ name: 'linked', asset: 'orders', additionalDeps: ['customers'] }],
  ins: { other: 'customers' },
  body: 'export default ({ rows, other }) => rows.length > other.length',
};
const both: Check = {
  id: asCheckId('both'),
  name: 'both',
  specs: [
    { name: 'one', asset: 'orders' },
    { name: 'two', asset: 'customers' },
  ],
  body: 'export default function* ({ orders, customers }) {}',
};

const shop = (...checks: Check[]): ProjectDocument => ({
  ...graph().asset('orders').asset('customers').document(),
  checks: new Map(checks.map((check) => [check.id, check])),
});

function diffOf(document: ProjectDocument, command: Command): GraphDiff {
  const diff = applyCommand(document, command);
  if (!diff.ok) throw new Error(diff.error.type);
  return diff.value;
}

function after(document: ProjectDocument, command: Command): ProjectDocument {
  const next = applyDiff(document, diffOf(document, command));
  if (!next.ok) throw new Error('conflict');
  return next.value;
}

const errorOf = (document: ProjectDocument, command: Command) => {
  const diff = applyCommand(document, command);
  return diff.ok ? undefined : diff.error.type;
};

test('deleting an asset deletes its checks, and of a check of several assets its part only', () => {
  const left = after(shop(full, linked, both), { type: 'DeleteItems', assets: [idOf('orders')] });
  expect([...left.checks.values()]).toEqual([{ ...both, specs: [{ name: 'two', asset: 'customers' }] }]);
});

test('checks follow a renamed asset, whether they check it or read it', () => {
  const renamed = after(shop(full, linked, both), { type: 'RenameAsset', id: idOf('orders'), key: 'sales' });
  expect([...renamed.checks.values()].map(({ specs }) => specs.map(({ asset }) => asset))).toEqual([
    ['sales'],
    ['sales'],
    ['sales', 'customers'],
  ]);
  expect(renamed.checks.get(both.id)?.ins).toEqual({ orders: 'sales' });
  expect(renamed.checks.get(full.id)?.ins).toBeUndefined();
  const other = after(shop(linked), { type: 'RenameAsset', id: idOf('customers'), key: 'people' });
  expect(other.checks.get(linked.id)).toMatchObject({
    ins: { other: 'people' },
    specs: [{ asset: 'orders', additionalDeps: ['people'] }],
  });
});

test('a name stands once among the checks of an asset, and has letters, digits and “_” only', () => {
  const twin = { ...full, id: asCheckId('twin') };
  expect(errorOf(shop(full), { type: 'AddCheck', check: twin })).toBe('CheckNameTaken');
  const elsewhere = { ...twin, specs: [{ name: 'is_full', asset: 'customers' }] };
  expect(errorOf(shop(full), { type: 'AddCheck', check: elsewhere })).toBeUndefined();
  const change = { name: 'is full' };
  expect(errorOf(shop(full), { type: 'UpdateCheck', id: full.id, change })).toBe('NameInvalid');
});

test('a body edited by hand is no longer what its form made', () => {
  const edit = editBetween(full.body, full.body.replace('> 0', '> 9'))!;
  const edited = after(shop(full), { type: 'EditCheckBody', id: full.id, edit }).checks.get(full.id)!;
  expect(edited.body).toContain('> 9');
  expect(edited.template).toBeUndefined();
});

test('a check that is gone is deleted again without complaint, and edited with one', () => {
  expect(diffOf(shop(), { type: 'DeleteCheck', id: full.id }).changes).toEqual([]);
  expect(errorOf(shop(), { type: 'UpdateCheck', id: full.id, change: {} })).toBe('CheckNotFound');
});

test('every command that works is taken back by its inverse', () => {
  const commands: fc.Arbitrary<Command> = fc.oneof(
    fc.constantFrom<Command>(
      { type: 'AddCheck', check: { ...full, id: asCheckId('new'), specs: [{ name: 'n', asset: 'orders' }] } },
      { type: 'DeleteCheck', id: full.id },
      { type: 'DeleteItems', assets: [idOf('orders')] },
      { type: 'RenameAsset', id: idOf('orders'), key: 'sales' },
      { type: 'RenameAsset', id: idOf('customers'), key: 'raw/people' },
    ),
    fc
      .record(
        {
          name: fc.constantFrom('is_full', 'linked', 'other'),
          description: fc.option(fc.string()),
          blocking: fc.boolean(),
          template: fc.option(fc.constant({ type: 'row-count' })),
          ins: fc.option(fc.constant({ other: 'customers' })),
        },
        { requiredKeys: [] },
      )
      .map((change) => ({ type: 'UpdateCheck' as const, id: full.id, change })),
  );
  fc.assert(
    fc.property(commands, (command) => {
      const document = shop(full, linked, both);
      const diff = applyCommand(document, command);
      if (!diff.ok) return;
      const done = applyDiff(document, diff.value);
      if (!done.ok) throw new Error('conflict');
      expect(applyDiff(done.value, invertDiff(diff.value))).toEqual({ ok: true, value: document });
    }),
  );
});
