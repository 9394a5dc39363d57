// What the canvas shows for a moment and nobody else needs: a drag under way, the name being typed, the path
// under the pointer. The document and the session are never copied here.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '#model/document.ts';
import type { AssetId, NoteId } from '#model/ids.ts';
import type { Bounds } from './arrange.ts';
import type { EdgeId, ItemId, ResizedNote } from './canvas-ids.ts';

export type LaunchVariant = 'all' | 'selected' | 'stale' | 'up-to' | 'from';

/** What a context menu is about. */
export type MenuTarget =
  | { readonly type: 'canvas'; readonly at: Point }
  | { readonly type: 'items' }
  | { readonly type: 'edge'; readonly id: EdgeId };

/** What the canvas shows, for those who put things on it. */
export interface CanvasView {
  /** The part of the canvas that nothing lies over, in its own coordinates. */
  visible(): Bounds;
  /** Pans, as little as possible, until these can be seen. */
  show(boxes: readonly Bounds[]): void;
  /** Where the pointer is, while it is over the canvas. */
  pointer(): Point | undefined;
}

export interface CanvasState {
  /** Where nodes are while they are being moved, by hand or by the layout settling. */
  readonly moving: ReadonlyMap<ItemId, Point>;
  readonly resizing: ResizedNote | undefined;
  /** Nodes slide to their new places: set while a layout settles. */
  readonly settling: boolean;
  readonly renaming: AssetId | undefined;
  readonly editingNote: NoteId | undefined;
  /** The next asset goes beside this one, as long as nothing else is selected. */
  readonly lastAdded: AssetId | undefined;
  readonly menu: { readonly x: number; readonly y: number; readonly target: MenuTarget } | undefined;
  readonly isSearching: boolean;
  /** The graph as a tree, beside the canvas. */
  readonly outlineOpen: boolean;
  /** The plan that is looked at before it is launched. */
  readonly previewing: LaunchVariant | undefined;
  /** Plain dragging on the canvas selects instead of panning. */
  readonly dragSelects: boolean;
  /** Nodes have a third line, with what their value is. */
  readonly showValues: boolean;
  /** A large graph is shown as a picture however near it is: its view is about to move far out. */
  readonly isPicture: boolean;
  /** A run was asked for, and is not yet under way. Here, so that only its buttons are drawn again. */
  readonly isLaunching: boolean;
  readonly view: CanvasView | undefined;
  /** Edges up- and downstream of the node under the pointer. */
  readonly path: ReadonlySet<EdgeId> | undefined;
  readonly selectedEdge: EdgeId | undefined;
  /** The side that a connection is being drawn from. */
  readonly connecting: 'source' | 'target' | undefined;
  /** A connection being drawn would only order, not pass a value. */
  readonly orderOnly: boolean;
  readonly problemCounts: ReadonlyMap<AssetId, number>;
}

export type CanvasStore = StoreApi<CanvasState>;

export const createCanvasStore = (outlineOpen: boolean): CanvasStore =>
  createStore<CanvasState>(() => ({
    moving: new Map(),
    resizing: undefined,
    settling: false,
    renaming: undefined,
    editingNote: undefined,
    lastAdded: undefined,
    menu: undefined,
    isSearching: false,
    outlineOpen,
    previewing: undefined,
    dragSelects: false,
    showValues: false,
    isPicture: false,
    isLaunching: false,
    view: undefined,
    path: undefined,
    selectedEdge: undefined,
    connecting: undefined,
    orderOnly: false,
    problemCounts: new Map(),
  }));

export const CanvasContext = createContext<CanvasStore | undefined>(undefined);

export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (!store) throw new Error('Internal error: no canvas above this component');
  return store;
}

export const useCanvas = <T>(selector: (state: CanvasState) => T): T => useStore(useCanvasStore(), selector);
