// Small facts about assets and values in words, for nodes, inspector and lists.

import type { AssetState, NodeStatus } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import type { ValueSummary } from '#model/events.ts';
import { formatBytes, formatPlural } from '#ui/kit/format.ts';

export function nodeStatus(asset: Asset, state: AssetState | undefined): NodeStatus {
  if (asset.kind === 'external') return 'external';
  return state?.status ?? 'never';
}

/** "1,461 rows", "12 items", "3.4 KB", a scalar's text. */
export function sizeText(summary: ValueSummary | undefined): string | undefined {
  if (summary?.count === undefined) return summary?.text;
  switch (summary.kind) {
    case 'table':
      return formatPlural(summary.count, 'row');
    case 'object':
      return formatPlural(summary.count, 'field');
    case 'map':
    case 'set':
      return formatPlural(summary.count, 'entry', 'entries');
    case 'bytes':
      return formatBytes(summary.count);
    default:
      return formatPlural(summary.count, 'item');
  }
}
