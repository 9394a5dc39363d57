// The canvas of ops by keyboard. Undo, redo and the palette belong to the shell and pass through.

import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { graphUnit } from '#model/commands/op-commands.ts';
import { fitOptions } from '#ui/canvas/fit-options.ts';
import { isForCanvas } from '#ui/canvas/use-canvas-keys.ts';
import { useServices } from '#ui/kit/services.tsx';
import { opOfPlace, opPlace, placesOf } from './op-elements.ts';
import { useOpGraph } from './op-graph-context.ts';
import { select, selectedOps } from './op-view.ts';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-8, 0],
  ArrowRight: [8, 0],
  ArrowUp: [0, -8],
  ArrowDown: [0, 8],
};
const restMs = 400;

export interface OpPageKeys {
  materialize(): void;
  /** Back to the graph of assets. */
  leave(): void;
  /** Goes to the asset of an input or an output. */
  openEnd(id: string): void;
}

export function useOpKeys(frame: RefObject<HTMLDivElement | null>, keys: OpPageKeys): void {
  const { documents, session, clock } = useServices();
  const { unitId, view, actions } = useOpGraph();
  const flow = useReactFlow();
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    let stopResting: (() => void) | undefined;
    const settleNudges = () => {
      stopResting?.();
      stopResting = undefined;
      actions.commitMoves();
    };
    const focused = () =>
      document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
    const ensureSelection = () => {
      const id = focused();
      const { selected, selectedWire } = view.getState();
      if (selected.size === 0 && selectedWire === undefined && id !== undefined) select(view, [id]);
    };
    const nudge = ([dx, dy]: readonly [number, number], times: number): boolean => {
      ensureSelection();
      const unit = graphUnit(documents.store.getState().document, unitId);
      const ops = selectedOps(view.getState());
      if (!unit || ops.length === 0) return false;
      const moving = new Map(view.getState().moving);
      const places = placesOf(unit, [], moving);
      for (const op of ops) {
        const at = places.get(opPlace(op));
        if (at) moving.set(op, { x: at.x + dx * times, y: at.y + dy * times });
      }
      view.setState({ moving });
      stopResting?.();
      stopResting = clock.after(restMs, settleNudges);
      return true;
    };
    const open = (): boolean => {
      const id = focused() ?? [...view.getState().selected][0];
      if (id === undefined) return false;
      if (opOfPlace(id) === undefined) latest.current.openEnd(id);
      else {
        select(view, [id]);
        view.setState({ tab: 'body' });
        session.setState({ inspectorOpen: true });
      }
      return true;
    };
    const stepBack = (): boolean => {
      const { selected, selectedWire } = view.getState();
      if (selected.size > 0 || selectedWire !== undefined) select(view, []);
      else latest.current.leave();
      return true;
    };
    const plain = (event: KeyboardEvent): boolean => {
      const arrow = arrows[event.key];
      if (arrow) return nudge(arrow, event.shiftKey ? 5 : 1);
      switch (event.key) {
        case 'Enter':
          return open();
        case ' ': {
          const id = focused();
          if (id !== undefined) select(view, [id]);
          return id !== undefined;
        }
        case 'F2': {
          ensureSelection();
          const [op, ...more] = selectedOps(view.getState());
          if (op === undefined || more.length > 0) return false;
          view.setState({ renaming: op });
          return true;
        }
        case 'Delete':
        case 'Backspace':
          ensureSelection();
          return actions.removeSelected();
        case 'Escape':
          return stepBack();
        case 'a':
        case 'A':
          actions.add();
          return true;
        case 'l':
        case 'L':
          void actions.layOut();
          return true;
        case 'f':
        case 'F':
          void flow.fitView({ ...fitOptions, duration: 140 });
          return true;
        case '+':
          void flow.zoomIn({ duration: 140 });
          return true;
        case '-':
          void flow.zoomOut({ duration: 140 });
          return true;
        default:
          return false;
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isForCanvas(event.target, frame.current)) return;
      const isModified = event.ctrlKey || event.metaKey || event.altKey;
      let taken = false;
      if (!isModified) taken = plain(event);
      else if (event.key === 'Enter' && !event.altKey) {
        latest.current.materialize();
        taken = true;
      } else if (event.key.toLowerCase() === 'a' && !event.altKey && !event.shiftKey) {
        const unit = graphUnit(documents.store.getState().document, unitId);
        select(
          view,
          (unit?.ops ?? []).map((op) => opPlace(op.name)),
        );
        taken = true;
      }
      if (taken) event.preventDefault();
      // An undo must not overtake a nudge that is not in the log yet.
      else if (isModified) settleNudges();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      settleNudges();
    };
  }, [documents, session, clock, unitId, view, actions, flow, frame]);
}
