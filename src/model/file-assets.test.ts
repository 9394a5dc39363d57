import { describe, expect, it } from 'vitest';
import { applyCommand } from './commands/apply-command.ts';
import type { Command } from './commands/command.ts';
import { applyDiff, invertDiff } from './diff.ts';
import { type DataFile, emptyDocument, type FileAsset, type ProjectDocument } from './document.ts';
import { formatDocument } from './format-document.ts';
import { asAssetId } from './ids.ts';
import { parseDocument } from './parse-document.ts';
import { fileValueType, rowTypeOf } from './row-type.ts';

const file = (path: string): DataFile => ({
  path,
  format: 'csv',
  sha256: 'a'.repeat(64),
  bytes: 3,
  data: 'YQox',
});
const plain: FileAsset = {
  id: asAssetId('f'),
  kind: 'file',
  key: 'rows',
  path: 'data/rows.csv',
  position: { x: 0, y: 0 },
};
const full: FileAsset = {
  ...plain,
  schema: [
    { name: 'id', type: 'integer', nullable: false },
    { name: 'ordered at', type: 'timestamp', nullable: true, source: 'orderedAt' },
    { name: 'more', type: 'json', nullable: true },
  ],
  csv: { delimiter: ';', decimal: ',' },
  badRows: 'stop',
};
const documentOf = (asset: FileAsset): ProjectDocument => ({
  ...emptyDocument('files'),
  assets: new Map([[asset.id, asset]]),
  files: new Map([[asset.path, file(asset.path)]]),
});

describe('file assets in a project file', () => {
  it('a file without a schema is written as version 1, one with a schema as version 2, and both are read', () => {
    for (const [asset, version] of [[plain, 1] as const, [full, 2] as const]) {
      const text = formatDocument(documentOf(asset));
      expect((JSON.parse(text) as { version: number }).version).toBe(version);
      const parsed = parseDocument(text);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
      expect(parsed.value.assets.get(asset.id)).toEqual(asset);
      expect(formatDocument(parsed.value)).toBe(text);
    }
  });

  it('a schema that names a column twice is refused', () => {
    const twice = { ...full, schema: [full.schema![0]!, full.schema![0]!] };
    expect(parseDocument(formatDocument(documentOf(twice))).ok).toBe(false);
  });
});

describe('ReplaceFile', () => {
  it('puts another file under the asset, in one step that undo takes back', () => {
    const before = documentOf(full);
    const command: Command = {
      type: 'ReplaceFile',
      id: full.id,
      file: file('data/new.csv'),
      change: { schema: [{ name: 'x', type: 'string', nullable: false }], csv: null },
    };
    const diff = applyCommand(before, command);
    if (!diff.ok) throw new Error(diff.error.type);
    const applied = applyDiff(before, diff.value);
    if (!applied.ok) throw new Error('refused');
    const after = applied.value;
    expect([...after.files.keys()]).toEqual(['data/new.csv']);
    expect(after.assets.get(full.id)).toMatchObject({ path: 'data/new.csv', schema: command.change.schema });
    const back = applyDiff(after, invertDiff(diff.value));
    expect(back.ok && formatDocument(back.value)).toBe(formatDocument(before));
  });
});

describe('rowTypeOf', () => {
  it('is the TypeScript type of one row', () => {
    expect(rowTypeOf(full)).toBe('{ id: number; "ordered at": Date | null; more: unknown }');
    expect(fileValueType(full)).toBe('{ id: number; "ordered at": Date | null; more: unknown }[]');
    expect(rowTypeOf(plain)).toBeUndefined();
    expect(fileValueType(plain)).toBe('unknown');
  });
});
