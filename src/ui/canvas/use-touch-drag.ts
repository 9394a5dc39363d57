// Dragging out of the palette by finger or pen: browsers drag and drop for the mouse alone.

import { useReactFlow } from '@xyflow/react';
import { type PointerEvent, useState } from 'react';
import { useActions } from './actions-context.ts';
import type { NewItem } from './canvas-actions.ts';

/** What a finger carries, and where it is in the window. */
interface Carried {
  readonly item: NewItem;
  readonly x: number;
  readonly y: number;
}

/** A finger that moves less is a tap, which the button takes for a click. */
const leastPx = 10;

export function useTouchDrag() {
  const flow = useReactFlow();
  const actions = useActions();
  const [start, setStart] = useState<Carried>();
  const [carried, setCarried] = useState<Carried>();
  const end = () => {
    setStart(undefined);
    setCarried(undefined);
  };
  return {
    carried,
    /** Handlers of the button that stands for `item`. */
    handlers: (item: NewItem) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.pointerType === 'mouse' || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ item, x: event.clientX, y: event.clientY });
      },
      onPointerMove({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
        if (start && (carried || Math.hypot(x - start.x, y - start.y) >= leastPx)) setCarried({ item, x, y });
      },
      onPointerUp({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
        end();
        const isOverCanvas = document.elementFromPoint(x, y)?.closest('.react-flow__pane, .react-flow__node');
        if (carried && isOverCanvas) actions.add(item, flow.screenToFlowPosition({ x, y }));
      },
      onPointerCancel: end,
    }),
  };
}
