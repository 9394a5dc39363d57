// The graph as a tree, for those who read or type rather than draw: status, dependencies, and every action of the
// canvas by the same keys. Its selection is the canvas's.

import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { asAssetId } from '#model/ids.ts';
import { formatCount } from '#ui/kit/format.ts';
import { useDocument, useSession } from '#ui/kit/services.tsx';
import { useCanvasStore } from './canvas-store.ts';
import { readingOrder } from './flow-elements.ts';
import css from './outline.module.css';
import { OutlineLine, outlineRowDomId } from './outline-line.tsx';
import { assetRowId, type OutlineRow, outlineRows } from './outline-rows.ts';
import { outlineRowHeight, useOutlineKeys } from './use-outline-keys.ts';

export function Outline({ onClose }: { onClose(): void }) {
  const graph = useDeferredValue(useDocument((state) => state.graph));
  const order = useMemo(() => readingOrder(graph), [graph]);
  const [text, setText] = useState('');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setActive] = useState<string>();
  const [renaming, setRenaming] = useState<string>();
  const rows = useMemo(
    () => outlineRows(graph, order, { folded, unfolded }, text),
    [graph, order, folded, unfolded, text],
  );
  const active = rows.find(({ id }) => id === wanted) ?? rows[0];
  const tree = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => tree.current,
    estimateSize: () => outlineRowHeight,
    overscan: 12,
  });

  const go = (row: OutlineRow) => {
    setActive(row.id);
    virtualizer.scrollToIndex(rows.indexOf(row));
  };
  const fold = (row: OutlineRow, isOpen: boolean) => {
    const [set, change, isIn] =
      row.type === 'group'
        ? ([folded, setFolded, !isOpen] as const)
        : ([unfolded, setUnfolded, isOpen] as const);
    const next = new Set(set);
    if (isIn) next.add(row.id);
    else next.delete(row.id);
    change(next);
  };
  const keys = useOutlineKeys({ rows, active, go, fold, rename: setRenaming });
  useFollowSelection(rows, active, go);

  const count = graph.document.assets.size;
  return (
    <section className={css.outline} aria-label="Outline">
      <div className={css.head}>
        <h2 className={css.title}>Outline</h2>
        <span className={css.total}>{formatCount(count)}</span>
        <Tooltip label="Close the outline (O)" position="right">
          <ActionIcon aria-label="Close the outline" onClick={onClose}>
            <IconX size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      <TextInput
        className={css.search ?? ''}
        size="sm"
        aria-label="Filter the outline"
        placeholder="Filter"
        leftSection={<IconSearch size={14} stroke={1.5} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            tree.current?.focus();
          } else if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            event.stopPropagation();
            setText('');
          }
        }}
      />
      {rows.length === 0 ? (
        <p className={css.quiet}>
          {count === 0
            ? 'No assets yet. Press A to add the first one.'
            : 'No asset has such a name or group.'}
        </p>
      ) : null}
      {/* The keys go to the tree as a whole: rows out of view are not on the page, and cannot have the focus. */}
      <div
        ref={tree}
        role="tree"
        className={css.tree}
        aria-label="Assets by group"
        aria-multiselectable
        aria-activedescendant={active && outlineRowDomId(active)}
        tabIndex={0}
        data-canvas-keys
        data-active-id={
          active?.type === 'asset' ? active.asset.id : active?.type === 'note' ? active.note.id : undefined
        }
        onKeyDown={keys.onKeyDown}
        onContextMenu={keys.onContextMenu}
      >
        <div className={css.rows} style={{ height: virtualizer.getTotalSize() }} role="presentation">
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]!;
            return (
              <OutlineLine
                key={row.id}
                row={row}
                top={start}
                isActive={row === active}
                isRenaming={row.id === renaming}
                onRenamed={() => {
                  setRenaming(undefined);
                  tree.current?.focus();
                }}
                onFold={(isOpen) => fold(row, isOpen)}
                onClick={(event) => {
                  setActive(row.id);
                  keys.onClick(row, event);
                }}
                onOpen={() => keys.open(row)}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}

/** What is selected on the canvas alone comes into view here. */
function useFollowSelection(
  rows: readonly OutlineRow[],
  active: OutlineRow | undefined,
  go: (row: OutlineRow) => void,
): void {
  const canvas = useCanvasStore();
  const only = useSession((state) =>
    state.selectedAssets.size === 1 ? [...state.selectedAssets][0] : undefined,
  );
  const latest = useRef({ rows, active, go });
  latest.current = { rows, active, go };
  useEffect(() => {
    const { rows: all, active: now, go: goTo } = latest.current;
    if (only === undefined) return;
    const isThere = now && (now.type === 'asset' || now.type === 'neighbour') && now.asset.id === only;
    const row = all.find(({ id }) => id === assetRowId(asAssetId(only)));
    if (row && !isThere && canvas.getState().renaming === undefined) goTo(row);
  }, [only, canvas]);
}
