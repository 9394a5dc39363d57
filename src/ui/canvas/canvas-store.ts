// What the canvas shows for a moment and nobody else needs: a drag under way, the name being typed, the path
// under the pointer. The document and the session are never copied here.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import type { EdgeId } from './flow-elements.ts';

export interface CanvasState {
  /** Where nodes are while they are being moved, by hand or by the layout settling. */
  readonly moving: ReadonlyMap<AssetId, Point>;
  /** Nodes slide to their new places: set while a layout settles. */
  readonly settling: boolean;
  readonly renaming: AssetId | undefined;
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

export const createCanvasStore = (): CanvasStore =>
  createStore<CanvasState>(() => ({
    moving: new Map(),
    settling: false,
    renaming: undefined,
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
