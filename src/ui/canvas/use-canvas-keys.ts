// The canvas by keyboard. Only keys that mean something here are taken; undo, redo, search and the palette
// belong to the shell and pass through.

import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { type AssetId, asAssetId, asNoteId, asUnitId, type NoteId, type UnitId } from '#model/ids.ts';
import { selectAssets, selectItems } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import type { ItemId } from './canvas-ids.ts';
import { useCanvasStore } from './canvas-store.ts';
import { useGraphCommands } from './graph-commands.tsx';
import { ownerOf, rowsOf } from './node-places.ts';
import { graphOf } from './use-open-graph.ts';
import { toggled } from './use-outline-keys.ts';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const gridStep = 8;
const bigStep = 32;
const restMs = 500;
const plainKeys: Readonly<Record<string, string>> = {
  a: 'add-asset',
  n: 'add-note',
  l: 'lay-out',
  f: 'fit',
  s: 'drag-selects',
  v: 'show-values',
  o: 'outline',
  p: 'preview-plan',
  '/': 'search',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
};

export function useCanvasKeys(frame: RefObject<HTMLDivElement | null>): void {
  const services = useServices();
  const { documents, session, clock } = services;
  const canvas = useCanvasStore();
  const actions = useActions();
  const commands = useGraphCommands();
  const flow = useReactFlow();

  useEffect(() => {
    let stopResting: (() => void) | undefined;
    const settleNudges = () => {
      stopResting?.();
      stopResting = undefined;
      actions.commitMoves();
    };

    const focusedId = (): string | undefined =>
      document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ??
      outlineOf(document.activeElement)?.dataset.activeId;
    const focusedNode = (): AssetId | undefined => {
      const id = focusedId();
      return id !== undefined && documents.store.getState().document.assets.has(asAssetId(id))
        ? asAssetId(id)
        : undefined;
    };
    const focusedNote = (): NoteId | undefined => {
      const id = focusedId();
      return id !== undefined && documents.store.getState().document.notes.has(asNoteId(id))
        ? asNoteId(id)
        : undefined;
    };
    const hasSelection = () => {
      const { selectedAssets, selectedNotes } = session.getState();
      return selectedAssets.size + selectedNotes.size > 0;
    };
    const targets = (): AssetId[] => {
      const focused = focusedNode();
      if (hasSelection()) return [...session.getState().selectedAssets];
      if (focused !== undefined) return [focused];
      const { document } = documents.store.getState();
      return rowsOf(document, asUnitId(focusedId() ?? '')).map((row) => row.id);
    };
    const noteTargets = (): NoteId[] => {
      const focused = focusedNote();
      if (hasSelection()) return [...session.getState().selectedNotes];
      return focused === undefined ? [] : [focused];
    };
    const nudge = (ids: readonly ItemId[], dx: number, dy: number) => {
      const { document } = documents.store.getState();
      const { assets, notes, units } = document;
      // Of what a unit makes all moves at once.
      const moved = new Set<ItemId>();
      const moving = new Map(canvas.getState().moving);
      for (const id of ids) {
        const asset = assets.get(id as AssetId);
        const item = asset ? ownerOf(document, asset.id) : id;
        const from = asset ? (units.get(item as UnitId) ?? asset) : notes.get(id as NoteId);
        const at = moved.has(item) ? undefined : (moving.get(item) ?? from?.position);
        moved.add(item);
        if (at) moving.set(item, { x: at.x + dx, y: at.y + dy });
      }
      canvas.setState({ moving });
      stopResting?.();
      stopResting = clock.after(restMs, settleNudges);
    };
    /** Commands speak of the selection: what has the focus is selected first, when nothing is. */
    const runOnTargets = (id: string): boolean => {
      if (!hasSelection()) selectItems(session, targets(), noteTargets());
      return commands.run(id);
    };
    const walk = (from: AssetId, direction: 'upstream' | 'downstream') => {
      const edge = documents.store.getState().graph[direction].get(from)?.[0];
      if (!edge) return;
      const id = direction === 'upstream' ? edge.from : edge.to;
      selectAssets(session, [id]);
      const isInOutline = outlineOf(document.activeElement) !== null;
      void flow.fitView({
        nodes: [{ id }],
        includeHiddenNodes: true,
        maxZoom: flow.getZoom(),
        minZoom: flow.getZoom(),
        duration: 140,
      });
      if (isInOutline) return;
      requestAnimationFrame(() => {
        frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
      });
    };
    const stepBack = (): boolean => {
      const hasEdge = canvas.getState().selectedEdge !== undefined;
      if (canvas.getState().isSearching) {
        canvas.setState({ isSearching: false });
        return true;
      }
      if (!hasEdge && !hasSelection()) return false;
      canvas.setState({ selectedEdge: undefined });
      selectAssets(session, []);
      return true;
    };
    const removeChosen = (heal: boolean): boolean => {
      const { selectedEdge } = canvas.getState();
      const isEdge = !hasSelection() && selectedEdge !== undefined;
      const [assets, notes] = isEdge ? [[], []] : [targets(), noteTargets()];
      if (assets.length + notes.length > 0) actions.remove(assets, notes, heal);
      else if (selectedEdge !== undefined) {
        const [from, to] = selectedEdge.split(' ').map(asAssetId);
        if (from !== undefined && to !== undefined) actions.disconnect(from, to);
      } else return false;
      return true;
    };

    const withModifier = (event: KeyboardEvent): boolean => {
      if (event.altKey) {
        if (event.key === 'Delete' || event.key === 'Backspace') return removeChosen(true);
        const from = targets()[0];
        if (from === undefined || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return false;
        walk(from, event.key === 'ArrowLeft' ? 'upstream' : 'downstream');
        return true;
      }
      const key = event.key.toLowerCase();
      if (key === 'enter')
        return event.shiftKey ? commands.run('materialize-all') : runOnTargets('materialize-selected');
      if (event.shiftKey) return false;
      if (key === 'a') actions.selectAll();
      else if (key === 'f') commands.run('search');
      else if (key === 'd') runOnTargets('duplicate');
      else {
        // The browser's own copy and cut follow, and mean the selection.
        if ((key === 'c' || key === 'x') && !hasSelection()) selectItems(session, targets(), noteTargets());
        return false;
      }
      return true;
    };
    const plain = (event: KeyboardEvent): boolean => {
      const ids = targets();
      const arrow = arrows[event.key];
      if (arrow && ids.length + noteTargets().length > 0) {
        const step = event.shiftKey ? bigStep : gridStep;
        nudge([...ids, ...noteTargets()], arrow[0] * step, arrow[1] * step);
        return true;
      }
      const command = plainKeys[event.key.toLowerCase()];
      if (command !== undefined && !event.repeat) return commands.run(command);
      switch (event.key) {
        case 'F2':
          if (ids.length !== 1) return false;
          canvas.setState({ renaming: ids[0] });
          return true;
        case 'Enter': {
          const note = focusedNote();
          if (note !== undefined) {
            canvas.setState({ editingNote: note });
            return true;
          }
          const focused = focusedNode();
          const frame =
            focused === undefined &&
            rowsOf(documents.store.getState().document, asUnitId(focusedId() ?? '')).length > 0;
          const opened = focused !== undefined ? [focused] : frame ? ids : ids.slice(0, 1);
          if (opened.length === 0) return false;
          if (graphOf(documents.store.getState().document, opened)) {
            selectAssets(session, opened);
            return commands.run('open-graph');
          }
          selectAssets(session, opened, session.getState().inspectorTab);
          return true;
        }
        case ' ': {
          const [id, note] = [focusedNode(), focusedNote()];
          const { selectedAssets, selectedNotes } = session.getState();
          if (id !== undefined) selectItems(session, toggled(selectedAssets, id), selectedNotes);
          else if (note !== undefined) selectItems(session, selectedAssets, toggled(selectedNotes, note));
          else return false;
          return true;
        }
        case 'Delete':
        case 'Backspace':
          return removeChosen(false);
        case 'Escape':
          return stepBack();
        default:
          return false;
      }
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isForCanvas(event.target, frame.current)) return;
      if (outlineOf(event.target) && isTreeKey(event)) return;
      const taken = event.ctrlKey || event.metaKey || event.altKey ? withModifier(event) : plain(event);
      if (taken) event.preventDefault();
      // An undo must not overtake a nudge that is not in the log yet.
      else if (event.ctrlKey || event.metaKey) settleNudges();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      settleNudges();
    };
  }, [documents, session, clock, canvas, actions, commands, flow, frame]);
}

/** The outline of the graph takes the same keys, but for those that a tree has. */
const outlineOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof HTMLElement ? target.closest<HTMLElement>('[data-canvas-keys]') : null;

const treeKeys = new Set(['Enter', ' ', 'F2', 'Home', 'End', 'PageUp', 'PageDown', ...Object.keys(arrows)]);
const isTreeKey = (event: KeyboardEvent): boolean =>
  treeKeys.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;

// Buttons inside the canvas keep Enter and Space; fields keep everything.
export function isForCanvas(target: EventTarget | null, frame: HTMLElement | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A click on the bare canvas leaves the focus with the page around it.
  if (target === document.body || (frame && target !== frame && target.contains(frame))) return true;
  if (!frame?.contains(target) && !outlineOf(target)) return false;
  return (
    target.closest('input, textarea, select, button, [contenteditable="true"], [role="radiogroup"]') === null
  );
}
