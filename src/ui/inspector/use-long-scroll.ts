// Virtual rows for lists of any length. Browsers cap the height of an element (about 16 million pixels on a
// dense screen), so a longer list scrolls by a scale: the wheel still moves it by pixels, the bar by share.

import { observeElementOffset, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';

const tallest = 8_000_000;

export interface LongScroll {
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  /** Height to give the element that scrolls. */
  readonly height: number;
  /** Where to put a row that starts at `start`, in the pixels of that element. */
  place(start: number): number;
  scrollToRow(index: number): void;
}

export function useLongScroll(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  rowHeight: number,
  /** Of what stands above the rows and stays in sight. */
  headHeight: number,
): LongScroll {
  const virtualHeight = count * rowHeight;
  const height = Math.min(virtualHeight, tallest);
  /** The exact place in the list; the bar's own place is only as fine as its scale. */
  const exact = useRef<{ readonly top: number; readonly offset: number }>(undefined);

  const scaleOf = (element: HTMLElement) => {
    const view = element.clientHeight - headHeight;
    return height <= view || height === virtualHeight ? 1 : (virtualHeight - view) / (height - view);
  };
  const offsetOf = (element: HTMLElement) => {
    const top = element.scrollTop;
    // A browser rounds what it is told: within a pixel it is still the place that was asked for.
    if (exact.current && Math.abs(exact.current.top - top) < 1) return exact.current.offset;
    return top * scaleOf(element);
  };

  const rows = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (top, isScrolling) => {
        const element = instance.scrollElement;
        report(element ? offsetOf(element) : top, isScrolling);
      }),
  });

  const goTo = (element: HTMLDivElement, wanted: number) => {
    const offset = Math.max(0, Math.min(wanted, virtualHeight + headHeight - element.clientHeight));
    const top = offset / scaleOf(element);
    exact.current = { top, offset };
    element.scrollTop = top;
  };

  const isScaled = height < virtualHeight;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the functions follow from count and height
  useEffect(() => {
    const element = scroller.current;
    if (!element || !isScaled) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? element.clientHeight : 1;
      goTo(element, offsetOf(element) + event.deltaY * unit);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [isScaled, height, virtualHeight]);

  return {
    rows,
    height,
    place(start) {
      const element = scroller.current;
      if (!isScaled || !element) return start;
      return start - (rows.scrollOffset ?? 0) + element.scrollTop;
    },
    scrollToRow(index) {
      if (scroller.current) goTo(scroller.current, index * rowHeight);
    },
  };
}
