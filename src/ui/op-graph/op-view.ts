// What the canvas of ops shows for a moment: what is selected, what is being dragged, typed or connected.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '#model/document.ts';
import { opOfPlace, opPlace, type PlaceId } from './op-elements.ts';

export interface OpViewState {
  readonly selected: ReadonlySet<PlaceId>;
  readonly selectedWire: string | undefined;
  /** Ops while they are being moved. */
  readonly moving: ReadonlyMap<string, Point>;
  /** The op whose name is being typed. */
  readonly renaming: string | undefined;
  /** The side that a wire is being drawn from. */
  readonly connecting: 'source' | 'target' | undefined;
  readonly tab: 'body' | 'settings' | 'log';
}

export type OpView = StoreApi<OpViewState>;

export const createOpView = (op: string | undefined): OpView =>
  createStore<OpViewState>(() => ({
    selected: new Set(op === undefined ? [] : [opPlace(op)]),
    selectedWire: undefined,
    moving: new Map(),
    renaming: undefined,
    connecting: undefined,
    tab: 'body',
  }));

export function select(view: OpView, ids: Iterable<PlaceId>): void {
  view.setState({ selected: new Set(ids), selectedWire: undefined });
}

export const selectedOps = (state: OpViewState): string[] =>
  [...state.selected].flatMap((id) => opOfPlace(id) ?? []);
