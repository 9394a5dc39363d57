import { expect, test } from 'vitest';
import { changedParts, codeParts } from './code-parts.ts';
import type { ProjectDocument } from './document.ts';
import { graph, idOf } from './graph-builder.ts';
import { appendEntry, documentAt, entryFor, type History, type Intent, startHistory } from './history.ts';
import { asTabId } from './ids.ts';
import { editBetween } from './text-edit.ts';

function after(history: History, intent: Intent, at: number): History {
  const entry = entryFor(history, intent, { by: asTabId('tab'), at });
  if (!entry.ok || !entry.value) throw new Error(JSON.stringify(entry));
  const next = appendEntry(history, entry.value);
  if (!next.ok) throw new Error('conflict');
  return next.value;
}

const bodyOf = (document: ProjectDocument) => {
  const asset = document.assets.get(idOf('a'))!;
  return asset.kind === 'asset' ? asset.body : '';
};
const typed = (history: History, to: string, at: number) => {
  const edit = editBetween(bodyOf(history.document), to)!;
  return after(history, { type: 'do', command: { type: 'EditBody', id: idOf('a'), edit } }, at);
};
const put = (history: History, name: string, body: string, at: number) =>
  after(history, { type: 'do', command: { type: 'PutModule', name, body } }, at);

test('a document is found again as it was at a moment, undone edits included', () => {
  const start = startHistory(graph().asset('a', '() => 1').document());
  const first = bodyOf(start.document);
  let history = typed(start, 'export default () => 2;\n', 10);
  history = typed(history, 'export default () => 3;\n', 20);
  history = after(history, { type: 'undo' }, 30);
  expect(bodyOf(documentAt(history, 5))).toBe(first);
  expect(bodyOf(documentAt(history, 10))).toContain('=> 2');
  expect(bodyOf(documentAt(history, 25))).toContain('=> 3');
  expect(bodyOf(documentAt(history, 99))).toContain('=> 2');
});

test('what has changed in a code version: body, config, and modules however far away', () => {
  const body = `import { day } from '#lib/dates.ts';\nexport default () => day();\n`;
  let history = startHistory(graph().asset('a', '() => 1').document());
  history = put(history, 'dates', `import { x } from '#lib/deep.ts';\nexport const day = () => x;\n`, 1);
  history = put(history, 'deep', 'export const x = 1;\n', 2);
  history = put(history, 'unused', 'export const y = 1;\n', 3);
  history = typed(history, body, 4);
  const then = history.document;
  history = put(history, 'deep', 'export const x = 2;\n', 5);
  history = put(history, 'unused', 'export const y = 2;\n', 6);
  history = after(
    history,
    { type: 'do', command: { type: 'UpdateAsset', id: idOf('a'), change: { config: { n: 1 } } } },
    7,
  );
  const parts = (document: ProjectDocument) => codeParts(document, document.assets.get(idOf('a'))!);
  expect(changedParts(parts(then), parts(history.document))).toEqual([
    { name: 'Config', before: '', after: '{\n  "n": 1\n}' },
    { name: '#lib/deep.ts', before: 'export const x = 1;\n', after: 'export const x = 2;\n' },
  ]);
});
