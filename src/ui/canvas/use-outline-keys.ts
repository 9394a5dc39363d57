// The keys that a tree has, and what a click means; all others are the canvas's (see use-canvas-keys.ts).

import type { KeyboardEvent, MouseEvent } from 'react';
import type { AssetId } from '#model/ids.ts';
import { selectAssets, selectItems } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useCanvasStore } from './canvas-store.ts';
import { boxesOf } from './flow-elements.ts';
import { assetRowId, type OutlineRow } from './outline-rows.ts';

/** In px. */
export const outlineRowHeight = 28;

export interface OutlineKeysProps {
  readonly rows: readonly OutlineRow[];
  readonly active: OutlineRow | undefined;
  go(row: OutlineRow): void;
  fold(row: OutlineRow, isOpen: boolean): void;
  rename(rowId: string): void;
}

export function useOutlineKeys({ rows, active, go, fold, rename }: OutlineKeysProps) {
  const { session, documents } = useServices();
  const canvas = useCanvasStore();

  const show = (row: OutlineRow) => {
    const { document } = documents.store.getState();
    const assets = row.type === 'asset' || row.type === 'neighbour' ? [row.asset.id] : [];
    const notes = row.type === 'note' ? [row.note.id] : [];
    canvas.getState().view?.show(boxesOf(document, assets, notes));
  };
  const selectOnly = (row: OutlineRow) => {
    if (row.type === 'asset') selectAssets(session, [row.asset.id]);
    else if (row.type === 'note') selectItems(session, [], [row.note.id]);
    show(row);
  };
  const toggle = (row: OutlineRow) => {
    const { selectedAssets, selectedNotes } = session.getState();
    if (row.type === 'asset') selectItems(session, toggled(selectedAssets, row.asset.id), selectedNotes);
    else if (row.type === 'note') selectItems(session, selectedAssets, toggled(selectedNotes, row.note.id));
    else if (row.type === 'group') {
      const members = membersOf(rows, row);
      const isAll = members.length > 0 && members.every((id) => selectedAssets.has(id));
      const next = new Set(selectedAssets);
      for (const id of members) {
        if (isAll) next.delete(id);
        else next.add(id);
      }
      selectItems(session, next, selectedNotes);
    }
  };
  /** An asset in the inspector, a neighbour where it stands itself, a note under the cursor. */
  const open = (row: OutlineRow) => {
    show(row);
    if (row.type === 'asset') selectAssets(session, [row.asset.id], session.getState().inspectorTab);
    else if (row.type === 'note') canvas.setState({ editingNote: row.note.id });
    else if (row.type === 'group') fold(row, !row.isOpen);
    else {
      selectAssets(session, [row.asset.id]);
      const own = rows.find(({ id }) => id === assetRowId(row.asset.id));
      if (own) go(own);
    }
  };

  const step = (by: number, extend: boolean) => {
    const index = Math.min(rows.length - 1, Math.max(0, (active ? rows.indexOf(active) : 0) + by));
    const row = rows[index];
    if (!row) return;
    if (extend && active?.type === 'asset') addToSelection(active);
    go(row);
    if (extend) addToSelection(row);
  };
  const addToSelection = (row: OutlineRow) => {
    const { selectedAssets, selectedNotes } = session.getState();
    if (row.type === 'asset') selectItems(session, new Set(selectedAssets).add(row.asset.id), selectedNotes);
  };
  const sideways = (isIn: boolean) => {
    if (!active) return;
    const canFold = (active.type === 'group' || active.type === 'asset') && active.isOpen !== undefined;
    if (canFold && active.isOpen !== isIn) return fold(active, isIn);
    if (isIn) {
      const next = rows[rows.indexOf(active) + 1];
      if (next?.parent === active.id) go(next);
    } else {
      const parent = rows.find(({ id }) => id === active.parent);
      if (parent) go(parent);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !active)
      return;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / outlineRowHeight) - 1);
    if (!act(active, event.key, event.shiftKey, page)) return;
    event.preventDefault();
  };
  /** False for a key that means nothing in a tree. */
  const act = (row: OutlineRow, key: string, extend: boolean, page: number): boolean => {
    const by: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const count = by[key];
    if (count !== undefined) step(count, extend);
    else if (key === 'ArrowRight' || key === 'ArrowLeft') sideways(key === 'ArrowRight');
    else if (key === 'Enter') open(row);
    else if (key === ' ') toggle(row);
    else if (key === 'F2' && row.type === 'asset') rename(row.id);
    else return false;
    return true;
  };

  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    const element = event.currentTarget.querySelector('[data-active]') ?? event.currentTarget;
    const box = element.getBoundingClientRect();
    if (active?.type === 'asset' && !session.getState().selectedAssets.has(active.asset.id))
      selectOnly(active);
    // The menu key has no place of its own.
    const isPointed = event.clientX !== 0 || event.clientY !== 0;
    const [x, y] = isPointed ? [event.clientX, event.clientY] : [box.left + 24, box.bottom];
    canvas.setState({ menu: { x, y, target: { type: 'items' } } });
  };

  return {
    onKeyDown,
    onContextMenu,
    open,
    onClick(row: OutlineRow, event: MouseEvent) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) toggle(row);
      else selectOnly(row);
    },
  };
}

function membersOf(rows: readonly OutlineRow[], group: OutlineRow): AssetId[] {
  return rows.flatMap((row) => (row.type === 'asset' && row.parent === group.id ? [row.asset.id] : []));
}

export function toggled<T>(set: ReadonlySet<T>, item: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
