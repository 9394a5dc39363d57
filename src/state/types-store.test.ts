import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import type { TypesChange, TypesEvent } from '#engine/types-port.ts';
import type { OpenedProject } from '#engine/workspace-port.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asAssetId, asTabId } from '#model/ids.ts';
import { P1, projectRow } from '#storage/store-builders.ts';
import { createDocumentStore } from './document-store.ts';
import { createRunsStore } from './runs-store.ts';
import { createTypesStore, typeEdge } from './types-store.ts';

function opened() {
  const shown: TypesChange[] = [];
  let emit: (event: TypesEvent) => void = () => undefined;
  const documents = createDocumentStore({
    tabId: asTabId('tab'),
    clock: { now: () => 0, after: () => () => undefined },
    workspace: { appendEntry: async () => ok(undefined) as never },
  });
  const types = createTypesStore({
    documents,
    runs: createRunsStore({ type: 'durable', persisted: false }, () => undefined),
    workspace: { preview: async () => ({ type: 'lost', isDeleted: false }) },
    port: {
      show: (change) => shown.push(change),
      focus: () => undefined,
      subscribe(listener) {
        emit = listener;
        return () => undefined;
      },
      renameField: async () => [],
      followRename: async () => [],
    },
  });
  const file = {
    kind: 'file',
    id: asAssetId('sales'),
    key: 'sales',
    path: 'sales.csv',
    position: { x: 0, y: 0 },
    schema: [
      { name: 'unit price', type: 'number', nullable: true },
      { name: 'at', type: 'date', nullable: false },
    ],
  } as const;
  const built = graph().asset('report', '({ sales }) => sales').document();
  const document = { ...built, assets: new Map([...built.assets, [file.id, file] as const]) };
  documents.open({ row: projectRow(P1), document, entries: [] } as unknown as OpenedProject);
  return { shown, types, documents, emit: (event: TypesEvent) => emit(event) };
}

test('the worker is told of a project once, with the columns of files, and then of what changed', () => {
  const { shown, documents } = opened();
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatchObject({ reset: true, gone: [] });
  expect(shown[0]?.assets.find(({ key }) => key === 'sales')?.columns).toEqual([
    { name: 'unit price', type: 'number | null' },
    { name: 'at', type: 'Date' },
  ]);
  expect(shown[0]?.assets.find(({ key }) => key === 'report')?.inputs).toEqual([
    { name: 'sales', from: asAssetId('sales') },
  ]);
  documents.run({ type: 'MoveItems', assets: [[idOf('report'), { x: 8, y: 8 }]] });
  expect(shown).toHaveLength(1);
  documents.run({ type: 'RenameAsset', id: asAssetId('sales'), key: 'sold' });
  expect(shown[1]).toMatchObject({ reset: false, gone: [] });
  expect(shown[1]?.assets.map(({ key }) => key).sort()).toEqual(['report', 'sold']);
  documents.run({ type: 'DeleteItems', assets: [idOf('report')] });
  expect(shown[2]).toMatchObject({ assets: [], gone: [idOf('report')] });
});

test('a problem about an input makes its edge bad until the problem is gone', () => {
  const { types, emit } = opened();
  const problem = {
    assetId: idOf('report'),
    message: 'x',
    line: 1,
    column: 1,
    input: { name: 'sales', from: asAssetId('sales') },
  };
  const result = { id: idOf('report'), output: 'any' };
  emit({ type: 'checked', results: [{ ...result, problems: [problem] }], left: 0 });
  const edge = typeEdge(asAssetId('sales'), idOf('report'));
  expect(types.store.getState().badEdges.get(edge)).toEqual(problem);
  emit({ type: 'checked', results: [{ ...result, problems: [] }], left: 0 });
  expect(types.store.getState().badEdges.size).toBe(0);
});
