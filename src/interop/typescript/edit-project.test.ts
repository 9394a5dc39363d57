import { expect, it } from 'vitest';
import { applyCommand } from '#model/commands/apply-command.ts';
import { applyDiff, invertDiff } from '#model/diff.ts';
import type { ProjectDocument } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { commandOfEdit } from './edit-project.ts';
import { writeProject } from './write-project.ts';

const noIds = () => 'never';
const textOf = (document: ProjectDocument, path: string): string =>
  writeProject(document).files.find((file) => file.path === path)?.text ?? '';
const base = graph().asset('a', 'function a() {\n  return 1;\n}\n').asset('b', '({ a }) => a').document();

function edited(document: ProjectDocument, path: string, edit: (text: string) => string) {
  const command = commandOfEdit(document, path, edit(textOf(document, path)), noIds);
  if (!command.ok) return command;
  const diff = applyCommand(document, command.value);
  if (!diff.ok) throw new Error(diff.error.type);
  const applied = applyDiff(document, diff.value);
  if (!applied.ok) throw new Error(applied.error.type);
  const back = applyDiff(applied.value, invertDiff(diff.value));
  expect(back).toEqual({ ok: true, value: document });
  return { ok: true, document: applied.value, ids: command.value.changes.map(({ id }) => id) } as const;
}

it('an edit of the options changes the asset, and nothing else', () => {
  const result = edited(base, 'assets/b.ts', (text) =>
    text.replace("key: 'b',", "key: 'b',\n  groupName: 'g',"),
  );
  expect(result).toMatchObject({ ok: true, ids: [idOf('b')] });
  if (result.ok) expect(result.document.assets.get(idOf('b'))).toMatchObject({ group: 'g', key: 'b' });
});

it('an edit of the function changes the body, and a new name of it the key: it is the same asset', () => {
  const result = edited(base, 'assets/a.ts', () => 'export default function renamed() {\n  return 2;\n}\n');
  if (!result.ok) throw new Error('not read');
  expect(result.document.assets.get(idOf('a'))).toMatchObject({
    key: 'renamed',
    body: 'export default function renamed() {\n  return 2;\n}\n',
  });
});

it('a definition that is taken out of definitions.ts is deleted', () => {
  const result = edited(base, 'definitions.ts', (text) => text.replace('asset(b.options, b.default)', ''));
  expect(result).toMatchObject({ ok: true, ids: [idOf('b')] });
  if (result.ok) expect([...result.document.assets.keys()]).toEqual([idOf('a')]);
});

it('an edit that cannot be read changes nothing and says where', () => {
  const result = edited(base, 'assets/b.ts', (text) => text.replace("'b'", 'pick()'));
  expect(result).toMatchObject({ ok: false, error: [{ path: 'assets/b.ts', line: 4 }, {}] });
});

it('an edit of what somebody else has changed since is refused', () => {
  const command = commandOfEdit(base, 'assets/a.ts', 'export default function a() {}\n', noIds);
  if (!command.ok) throw new Error('not read');
  const later = graph(base).asset('a', 'function a() {\n  return 3;\n}\n').document();
  expect(applyCommand(later, command.value)).toEqual({
    ok: false,
    error: { type: 'CodeOutdated', path: 'assets/a.ts' },
  });
});
