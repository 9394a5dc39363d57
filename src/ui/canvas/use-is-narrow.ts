// Is the graph page too narrow for panels beside the canvas? Then they collapse to icons.

import { useCallback, useRef, useState } from 'react';
import { useServices } from '#ui/kit/services.tsx';

const narrowBelow = 1100;

export function useIsNarrow() {
  const { session } = useServices();
  const [isNarrow, setIsNarrow] = useState(() => window.innerWidth < narrowBelow);
  const before = useRef<boolean>(undefined);
  const ref = useCallback(
    (page: HTMLDivElement | null) => {
      if (!page) return;
      const observer = new ResizeObserver(() => {
        const narrow = page.clientWidth < narrowBelow;
        if (narrow === before.current) return;
        // Becoming narrow folds the inspector away; becoming wide brings it back.
        if (before.current !== undefined || narrow) session.setState({ inspectorOpen: !narrow });
        before.current = narrow;
        setIsNarrow(narrow);
      });
      observer.observe(page);
      return () => observer.disconnect();
    },
    [session],
  );
  return { ref, isNarrow };
}
