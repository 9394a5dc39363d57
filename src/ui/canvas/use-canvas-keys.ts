// The canvas by keyboard. Only keys that mean something here are taken; undo, redo, search and the palette
// belong to the shell and pass through.

import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { type AssetId, asAssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import { useCanvasStore } from './canvas-store.ts';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const gridStep = 8;
const bigStep = 32;
const restMs = 500;

export function useCanvasKeys(frame: RefObject<HTMLDivElement | null>): void {
  const services = useServices();
  const { documents, session, clock } = services;
  const canvas = useCanvasStore();
  const actions = useActions();
  const flow = useReactFlow();

  useEffect(() => {
    let stopResting: (() => void) | undefined;
    const settleNudges = () => {
      stopResting?.();
      stopResting = undefined;
      actions.commitMoves();
    };

    const focusedNode = (): AssetId | undefined => {
      const id = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
      return id ? asAssetId(id) : undefined;
    };
    const targets = (): AssetId[] => {
      const { selectedAssets } = session.getState();
      const focused = focusedNode();
      return selectedAssets.size > 0 ? [...selectedAssets] : focused === undefined ? [] : [focused];
    };
    const nudge = (ids: readonly AssetId[], dx: number, dy: number) => {
      const { assets } = documents.store.getState().document;
      const moving = new Map(canvas.getState().moving);
      for (const id of ids) {
        const at = moving.get(id) ?? assets.get(id)?.position;
        if (at) moving.set(id, { x: at.x + dx, y: at.y + dy });
      }
      canvas.setState({ moving });
      stopResting?.();
      stopResting = clock.after(restMs, settleNudges);
    };
    const walk = (from: AssetId, direction: 'upstream' | 'downstream') => {
      const edge = documents.store.getState().graph[direction].get(from)?.[0];
      if (!edge) return;
      const id = direction === 'upstream' ? edge.from : edge.to;
      selectAssets(session, [id]);
      void flow.fitView({
        nodes: [{ id }],
        includeHiddenNodes: true,
        maxZoom: flow.getZoom(),
        minZoom: flow.getZoom(),
        duration: 140,
      });
      requestAnimationFrame(() => {
        frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
      });
    };
    const stepBack = (): boolean => {
      const hasEdge = canvas.getState().selectedEdge !== undefined;
      if (!hasEdge && session.getState().selectedAssets.size === 0) return false;
      canvas.setState({ selectedEdge: undefined });
      selectAssets(session, []);
      return true;
    };
    const removeChosen = (): boolean => {
      const { selectedEdge } = canvas.getState();
      const chosen =
        session.getState().selectedAssets.size > 0 || selectedEdge === undefined ? targets() : [];
      if (chosen.length > 0) actions.remove(chosen);
      else if (selectedEdge !== undefined) {
        const [from, to] = selectedEdge.split(' ').map(asAssetId);
        if (from !== undefined && to !== undefined) actions.disconnect(from, to);
      } else return false;
      return true;
    };

    const withModifier = (event: KeyboardEvent): boolean => {
      if (event.altKey) {
        const from = targets()[0];
        if (from === undefined || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return false;
        walk(from, event.key === 'ArrowLeft' ? 'upstream' : 'downstream');
        return true;
      }
      const key = event.key.toLowerCase();
      if (event.shiftKey) return false;
      if (key === 'a') actions.selectAll();
      else if (key === 'd' && targets().length > 0) actions.duplicate(targets());
      else return false;
      return true;
    };
    const plain = (event: KeyboardEvent): boolean => {
      const ids = targets();
      const arrow = arrows[event.key];
      if (arrow && ids.length > 0) {
        const step = event.shiftKey ? bigStep : gridStep;
        nudge(ids, arrow[0] * step, arrow[1] * step);
        return true;
      }
      switch (event.key) {
        case 'a':
        case 'A':
          actions.add(centreOf(frame.current, flow));
          return true;
        case 'F2':
          if (ids.length !== 1) return false;
          canvas.setState({ renaming: ids[0] });
          return true;
        case 'Enter': {
          const id = focusedNode() ?? ids[0];
          if (id === undefined) return false;
          selectAssets(session, [id], session.getState().inspectorTab);
          return true;
        }
        case ' ': {
          const id = focusedNode();
          if (id === undefined) return false;
          const selected = new Set(session.getState().selectedAssets);
          if (!selected.delete(id)) selected.add(id);
          selectAssets(session, selected);
          return true;
        }
        case 'Delete':
        case 'Backspace':
          return removeChosen();
        case 'Escape':
          return stepBack();
        default:
          return false;
      }
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isForCanvas(event.target, frame.current)) return;
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
  }, [documents, session, clock, canvas, actions, flow, frame]);
}

/** The middle of what the canvas shows. */
export function centreOf(
  frame: HTMLElement | null,
  flow: Pick<ReturnType<typeof useReactFlow>, 'screenToFlowPosition'>,
) {
  const box = frame?.getBoundingClientRect() ?? new DOMRect();
  return flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
}

// Buttons inside the canvas keep Enter and Space; fields keep everything.
function isForCanvas(target: EventTarget | null, frame: HTMLElement | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target === document.body) return true;
  if (!frame?.contains(target)) return false;
  return (
    target.closest('input, textarea, select, button, [contenteditable="true"], [role="radiogroup"]') === null
  );
}
