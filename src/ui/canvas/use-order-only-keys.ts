// Alt or Shift while a connection is drawn makes it order only.

import { useEffect } from 'react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';

export function useOrderOnlyKeys(): void {
  const canvas = useCanvasStore();
  const connecting = useCanvas((state) => state.connecting !== undefined);
  useEffect(() => {
    if (!connecting) return;
    const follow = (event: KeyboardEvent | PointerEvent) => {
      const orderOnly = event.altKey || event.shiftKey;
      if (canvas.getState().orderOnly !== orderOnly) canvas.setState({ orderOnly });
    };
    const names = ['keydown', 'keyup', 'pointermove'] as const;
    for (const name of names) window.addEventListener(name, follow, true);
    return () => {
      for (const name of names) window.removeEventListener(name, follow, true);
    };
  }, [canvas, connecting]);
}
