// The first look at a value's bytes: its first rows, or its tree down to a limit.

import { describeValue } from '#model/values/describe-value.ts';
import { type PreviewNode, previewValue } from '#model/values/preview-value.ts';
import { openTable, type TableReader } from '#model/values/table-reader.ts';
import type { TreeNode, ValuePreview } from './value-preview.ts';

const firstRows = 100;
const maxTreeNodes = 2_000;

/** Throws on bytes that are damaged. */
export function previewOfValue(bytes: Uint8Array): ValuePreview {
  const table = openTable(bytes);
  return table
    ? previewOfTable(table)
    : { type: 'tree', summary: describeValue(bytes), root: previewOfTree(bytes) };
}

export const previewOfTable = (reader: TableReader): ValuePreview => ({
  type: 'table',
  rowCount: reader.rowCount,
  columns: reader.columns,
  first: { from: 0, rows: reader.rows(0, Math.min(firstRows, reader.rowCount)) },
});

export const previewOfTree = (bytes: Uint8Array): TreeNode =>
  treeNode(previewValue(bytes, { maxNodes: maxTreeNodes }));

function treeNode(node: PreviewNode): TreeNode {
  const { kind, key, text, count, children, truncated } = node;
  const shown = children?.length ?? 0;
  return {
    label: key ?? '',
    kind,
    ...(text === undefined ? {} : { text }),
    ...(children === undefined ? {} : { children: children.map(treeNode) }),
    ...(truncated ? { more: Math.max(1, (count ?? 0) - shown) } : {}),
  };
}
