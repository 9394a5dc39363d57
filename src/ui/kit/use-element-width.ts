// The width of an element, as it changes.

import { type RefObject, useEffect, useState } from 'react';

/** In CSS pixels; 0 before the first measurement. */
export function useElementWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const place = element.current;
    if (!place) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width);
    });
    observer.observe(place);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
