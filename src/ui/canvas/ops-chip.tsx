// On the node of a graph asset: how many ops it has, and the way to them.

import { IconChevronRight } from '@tabler/icons-react';
import type { GraphUnit } from '#model/document.ts';
import { formatPlural } from '#ui/kit/format.ts';
import css from './ops-chip.module.css';
import { useOpenGraph } from './use-open-graph.ts';

export function OpsChip({ unit }: { readonly unit: GraphUnit }) {
  const openGraph = useOpenGraph();
  return (
    <button
      type="button"
      className={`nodrag nopan ${css.chip}`}
      title="Open the graph of ops (Enter, or double-click)"
      aria-label={`Open the graph of ops of ${unit.name}`}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        openGraph(unit.id);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {formatPlural(unit.ops.length, 'op')}
      <IconChevronRight size={12} stroke={1.75} aria-hidden />
    </button>
  );
}
