// `--select`: a selection, or keys with commas between them.

import { ok, type Result } from '#base/result.ts';
import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { evaluateSelection, unknownKeys } from '#model/selection/evaluate-selection.ts';
import type { SelectionError } from '#model/selection/parse-selection.ts';
import { parseSelectionOrKeys } from '#model/selection/parse-selection-or-keys.ts';
import { selectionGraphOf } from '#model/selection/selection-graph.ts';
import { similarKeys } from '#model/similar-keys.ts';

export interface Selection {
  readonly ids: ReadonlySet<AssetId> | 'all';
  /** Keys that no asset has, each with those that may have been meant. */
  readonly unknown: readonly { readonly key: string; readonly didYouMean: readonly string[] }[];
}

export function selectAssets(document: ProjectDocument, select: string): Result<Selection, SelectionError> {
  const parsed = parseSelectionOrKeys(select);
  if (!parsed.ok) return parsed;
  const node = parsed.value;
  if (node.type === 'all' || (node.type === 'or' && node.operands.some(({ type }) => type === 'all')))
    return ok({ ids: 'all', unknown: [] });
  const graph = buildGraph(document);
  const selectable = selectionGraphOf(graph);
  const unknown = unknownKeys(node, selectable).map((key) => ({
    key,
    didYouMean: similarKeys(key, graph.idByKey.keys()).slice(0, 3),
  }));
  const ids = new Set<AssetId>();
  for (const key of evaluateSelection(node, selectable)) {
    const id = graph.idByKey.get(key);
    if (id !== undefined) ids.add(id);
  }
  return ok({ ids, unknown });
}

/** "There is no asset “dialy”. Did you mean “daily”?" */
export function unknownKeysText(unknown: Selection['unknown']): string {
  return unknown
    .map(({ key, didYouMean }) => {
      const hint =
        didYouMean.length > 0 ? ` Did you mean ${didYouMean.map((other) => `“${other}”`).join(', ')}?` : '';
      return `There is no asset “${key}”.${hint}`;
    })
    .join(' ');
}

/** What is wrong with `--select`, then the text with its place marked. */
export function selectionErrorText(select: string, { message, offset, length }: SelectionError): string {
  const said = `--select cannot be read at character ${offset + 1}: ${message}`;
  // Marks would lie under the wrong characters of a text with line breaks or wide characters.
  if (!/^[\x20-\x7e]*$/.test(select)) return said;
  return `${said}\n  ${select}\n  ${' '.repeat(offset)}${'^'.repeat(Math.max(1, length))}`;
}
